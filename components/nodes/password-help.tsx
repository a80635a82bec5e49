import type { NodeContext } from '#components/nodes/types.ts'
import { autocompleteOf, fieldId, type InputNode } from '#lib/kratos/nodes.ts'

type Props = { node: InputNode; context: NodeContext }

/** The least length that Kratos asks for, where it has not said another one. */
const MIN = 8

/** The button that shows what was typed. The password island wakes it: without JavaScript it stays hidden. */
export function RevealButton({ node, context }: Props) {
  const label = context.words.t('password.show')
  return (
    <button
      className="reveal"
      type="button"
      hidden
      data-reveal
      aria-controls={fieldId(node)}
      aria-pressed="false"
      aria-label={label}
      title={label}
    />
  )
}

/** A line for what the password island has to say: empty until then, so that screen readers hear what comes. */
export function PasswordHelp({ node, context }: Props) {
  const { t } = context.words
  const isNew = autocompleteOf(context.type, node) === 'new-password'
  const min = minLength(node)
  return (
    <p
      className="password-help"
      aria-live="polite"
      data-password-help
      data-caps-lock={t('password.caps')}
      {...(isNew && {
        'data-min': min,
        'data-short': t('password.short', { min }),
        'data-similar': t('password.similar'),
        'data-weak': t('password.weak'),
        'data-good': t('password.good'),
      })}
    />
  )
}

/** 4000032: the password was too short, and Kratos says how long it has to be. */
function minLength({ messages }: InputNode): number {
  const context = messages.find(({ id }) => id === 4000032)?.context as { min_length?: unknown } | undefined
  return typeof context?.min_length === 'number' ? context.min_length : MIN
}
