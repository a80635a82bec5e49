import { textOf } from '#components/nodes/field.tsx'
import { Messages } from '#components/nodes/messages.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import { type InputNode, isResend, needsScript } from '#lib/kratos/nodes.ts'

type Props = { node: InputNode; context: NodeContext; primary?: boolean; noValidate?: boolean }

/** Takes something away that cannot be had back. */
const REMOVES = /^(.*_(remove|unlink|disable)|unlink)$/

/**
 * A button that sends its own name and value. One that needs an island (passkeys, security keys) is hidden until the
 * island has woken it up.
 */
export function Button({ node, context, primary = false, noValidate = false }: Props) {
  const { words } = context
  const { name, value, disabled, onclickTrigger, onloadTrigger } = node.attributes
  const { label } = node.meta
  const look = REMOVES.test(name) ? 'danger' : primary ? 'primary' : 'secondary'
  const scripted = needsScript(node)
  return (
    <div data-testid={`node/input/${name}`} hidden={scripted} data-needs-script={scripted || undefined}>
      <button
        type={scripted ? 'button' : 'submit'}
        className={`button button-${look}`}
        name={name}
        value={textOf(value) ?? ''}
        disabled={disabled}
        formNoValidate={noValidate && !scripted ? true : undefined}
        data-trigger={onclickTrigger}
        data-autofill={onloadTrigger}
        data-resend={isResend(node) || undefined}
        data-provider={
          name === 'provider' || name === 'link' || name === 'unlink' ? textOf(value) : undefined
        }
      >
        {label ? words.text(label) : (textOf(value) ?? name)}
      </button>
      <Messages messages={node.messages} words={words} />
    </div>
  )
}
