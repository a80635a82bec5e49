import { textOf } from '#components/nodes/field.tsx'
import { Messages } from '#components/nodes/messages.tsx'
import { ProviderIcon } from '#components/nodes/provider-icon.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import type { Words } from '#lib/i18n/index.ts'
import { fieldId, type InputNode, isRemoval, isResend, needsScript } from '#lib/kratos/nodes.ts'

type Props = { node: InputNode; context: NodeContext; primary?: boolean; noValidate?: boolean }

/**
 * A button that sends its own name and value. One that needs an island (passkeys, security keys) is hidden until the
 * island has woken it up.
 */
export function Button({ node, context, primary = false, noValidate = false }: Props) {
  const { words } = context
  const { name, value, disabled, onclickTrigger, onloadTrigger } = node.attributes
  const { label } = node.meta
  const look = isRemoval(node) ? 'danger' : primary ? 'primary' : 'secondary'
  const scripted = needsScript(node)
  const provider = PROVIDER_BUTTONS.has(name) ? textOf(value) : undefined
  const notes = notesOf(node, words)
  const noteId = notes.length > 0 ? `${fieldId(node)}-${textOf(value)}-note` : undefined
  return (
    <div data-testid={`node/input/${name}`} hidden={scripted} data-needs-script={scripted || undefined}>
      <button
        type={scripted ? 'button' : 'submit'}
        className={`button button-${look}`}
        name={name}
        value={textOf(value) ?? ''}
        disabled={disabled}
        formNoValidate={noValidate && !scripted ? true : undefined}
        aria-describedby={noteId}
        data-trigger={onclickTrigger}
        data-autofill={onloadTrigger}
        data-resend={isResend(node) || undefined}
        data-provider={provider}
      >
        {provider && <ProviderIcon id={provider} />}
        {label ? words.text(label) : (textOf(value) ?? name)}
        {isLastUsed(node, context) && (
          <>
            {' '}
            <span className="badge">{words.t('known.last')}</span>
          </>
        )}
      </button>
      {noteId && (
        <p className="button-note" id={noteId}>
          {notes.join(' ')}
        </p>
      )}
      <Messages messages={node.messages} words={words} />
    </div>
  )
}

const PROVIDER_BUTTONS: ReadonlySet<string> = new Set(['provider', 'link', 'unlink'])

function isLastUsed({ group, attributes }: InputNode, { lastUsed }: NodeContext): boolean {
  if (!lastUsed || group !== lastUsed.method) return false
  return lastUsed.provider === undefined || attributes.value === lastUsed.provider
}

/** What a person has to know before pressing a button, and its label does not say. */
function notesOf(node: InputNode, { t, date }: Words): string[] {
  const { name, disabled } = node.attributes
  const context = node.meta.label?.context as { added_at?: unknown; added_at_unix?: unknown } | undefined
  // Keys without a name are all called "unnamed". Kratos's zero time is in the year 1.
  const added = Number(context?.added_at_unix) > 0 ? String(context?.added_at) : undefined
  return [
    ...(added ? [t('settings.note.added', { date: date(added) })] : []),
    // Kratos switches the button of the last way to sign in off, and does not say why.
    ...(disabled && isRemoval(node) ? [t('settings.note.last')] : []),
    ...(name === 'lookup_secret_confirm' ? [t('settings.note.confirm-codes')] : []),
  ]
}
