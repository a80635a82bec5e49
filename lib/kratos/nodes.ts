import type { UiNode, UiNodeInputAttributes, UiText } from '@ory/client'
import type { FlowType } from '#lib/kratos/flows.ts'
import traits from '#lib/kratos/trait-autocomplete.json' with { type: 'json' }

/** A node with the attributes of an input; Kratos marks them by `type` on the node. */
export type InputNode = UiNode & { attributes: UiNodeInputAttributes & { options?: InputOption[] } }

/** A choice of an enum; newer than the SDK's types. */
export type InputOption = { value: unknown }

/** Whether a node is an input (field, button, hidden value). */
export function isInput(node: UiNode): node is InputNode {
  return node.type === 'input'
}

/** Whether a node only carries a value along. */
export function isHidden(node: UiNode): node is InputNode {
  return isInput(node) && node.attributes.type === 'hidden'
}

/** Whether a node is a button: one that submits, or one that an island acts on. */
export function isButton(node: UiNode): node is InputNode {
  return isInput(node) && (node.attributes.type === 'submit' || node.attributes.type === 'button')
}

/** Whether a node is something that a person fills in. */
export function isField(node: UiNode): node is InputNode {
  return isInput(node) && !isHidden(node) && !isButton(node)
}

/** Whether a button does nothing without an island (passkeys, security keys). */
export function needsScript(node: InputNode): boolean {
  return node.attributes.type === 'button' || node.attributes.onclickTrigger !== undefined
}

/** Whether a button asks for another code (1070008): its name depends on the flow and on Kratos's version. */
export function isResend(node: UiNode): boolean {
  return isButton(node) && node.meta.label?.id === 1070008
}

/** Whether a field takes a code from a message or an app. */
export function isCodeField(node: UiNode): boolean {
  return isField(node) && (node.attributes.name === 'code' || node.attributes.name === 'totp_code')
}

/** Whether a button takes something away that cannot be had back. */
export function isRemoval(node: InputNode): boolean {
  return /^(.*_(remove|unlink|disable)|unlink)$/.test(node.attributes.name)
}

/** Whether a message tells of an error. */
export function isError(message: UiText): boolean {
  return message.type === 'error'
}

/** The fields that have an error, in server order, with their first message. */
export function fieldErrors(nodes: readonly UiNode[]): { node: InputNode; message: UiText }[] {
  return nodes.filter(isField).flatMap((node) => {
    const message = node.messages.find(isError)
    return message ? [{ node, message }] : []
  })
}

/** The id of a field's element: stable, so that the error summary, labels and people's own scripts can point to it. */
export function fieldId(node: InputNode): string {
  return `${node.group}-${node.attributes.name}`.replace(/[^\w-]+/g, '-')
}

/**
 * The `autocomplete` token of a field: Kratos's own, or what its name tells (WCAG 2.2, 1.3.5).
 *
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill
 */
export function autocompleteOf(type: FlowType, node: InputNode): string | undefined {
  const { autocomplete, name } = node.attributes
  if (autocomplete) return autocomplete
  if (name === 'identifier') return 'username'
  if (name === 'password') return type === 'login' ? 'current-password' : 'new-password'
  if (isCodeField(node)) return 'one-time-code'
  if (name === 'lookup_secret') return 'off'
  const trait = name.startsWith('traits.') ? name.split('.').at(-1)?.toLowerCase() : undefined
  return TRAITS.get(trait ?? '') ?? { email: 'email', tel: 'tel', url: 'url' }[node.attributes.type as string]
}

/** The traits of a person that identity schemas usually have, by the last part of their name. */
const TRAITS: ReadonlyMap<string, string> = new Map(Object.entries(traits))

/** The `inputmode` of a field: which keyboard a phone shows. */
export function inputModeOf(node: InputNode): 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | undefined {
  const { type } = node.attributes
  if (isCodeField(node)) return 'numeric'
  if (type === 'number') return 'decimal'
  if (type === 'email' || type === 'tel' || type === 'url') return type
  return undefined
}
