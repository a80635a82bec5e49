import { Messages } from '#components/nodes/messages.tsx'
import { PasswordHelp, RevealButton } from '#components/nodes/password-help.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import { autocompleteOf, fieldId, type InputNode, inputModeOf, isCodeField, isError } from '#lib/kratos/nodes.ts'

type Props = { node: InputNode; context: NodeContext }

/** What all kinds of field share: id, name, state and description. */
export function fieldProps({ node, context }: Props) {
  const { attributes, messages } = node
  const id = fieldId(node)
  return {
    id,
    name: attributes.name,
    required: attributes.required,
    disabled: attributes.disabled,
    autoFocus: context.focusId === id,
    'aria-describedby': messages.length > 0 ? `${id}-messages` : undefined,
    'aria-invalid': messages.some(isError) || undefined,
  }
}

/** The label of a field: Kratos's, or else its name. */
export function FieldLabel({ node, context }: Props) {
  const { label } = node.meta
  return (
    <label className="label" htmlFor={fieldId(node)}>
      {label ? context.words.text(label) : node.attributes.name}
    </label>
  )
}

/** The messages under a field. */
export function FieldMessages({ node, context }: Props) {
  const id = `${fieldId(node)}-messages`
  return <Messages messages={node.messages} words={context.words} id={id} />
}

/** A line of text to fill in, of whatever input type Kratos names. */
export function Field({ node, context }: Props) {
  const { attributes } = node
  const isPassword = attributes.type === 'password'
  const input = (
    <input
      {...fieldProps({ node, context })}
      className="input"
      type={attributes.type}
      // A password is never sent back; Kratos does not keep it either.
      defaultValue={isPassword ? undefined : textOf(attributes.value)}
      autoComplete={autocompleteOf(context.type, node)}
      inputMode={inputModeOf(node)}
      // Kratos's 6 would cut "123 456" when it is pasted.
      maxLength={isCodeField(node) ? undefined : attributes.maxlength}
      pattern={attributes.pattern}
      step={attributes.type === 'number' ? 'any' : undefined}
      {...(isPlainText(node) ? {} : { autoCapitalize: 'none', spellCheck: false })}
    />
  )
  return (
    <div className="field" data-testid={`node/input/${attributes.name}`}>
      <FieldLabel node={node} context={context} />
      {isPassword ? (
        <div className="password">
          {input}
          <RevealButton node={node} context={context} />
          <PasswordHelp node={node} context={context} />
        </div>
      ) : (
        input
      )}
      <FieldMessages node={node} context={context} />
    </div>
  )
}

/** Names and the like may be capitalised and spell-checked; identifiers, codes and addresses must not be. */
function isPlainText(node: InputNode): boolean {
  return node.attributes.type === 'text' && node.attributes.name.startsWith('traits.')
}

/** The value of a node as the text of an attribute. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
