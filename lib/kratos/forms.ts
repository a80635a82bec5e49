import type { UiNode } from '@ory/client'
import { type Flow, type FlowType, hasMessage, isSecondFactor } from '#lib/kratos/flows.ts'
import { type InputNode, isButton, isHidden, isInput, isRemoval, needsScript } from '#lib/kratos/nodes.ts'

/** The nodes of one group inside a form: what to fill in or read, then its buttons, the submitting one first. */
export type Block = { group: string; nodes: UiNode[]; buttons: InputNode[] }

/** One `<form>` of a page. Its first block's first button is the one that Enter presses. */
export type FormPlan = { hidden: InputNode[]; nodes: UiNode[]; blocks: Block[] }

/** Groups that belong to every method: shared fields, and the captcha of newer versions. */
const SHARED = new Set(['default', 'captcha'])

/** Groups of providers to choose from: none of their buttons is the primary one, as long as there is nothing to fill in. */
export const SOCIAL: ReadonlySet<string> = new Set(['oidc', 'saml'])

/** Groups that share nothing with the others: social buttons, and second factors with a field of their own. */
const OWN_FORM = new Set([...SOCIAL, 'totp', 'lookup_secret'])

/** Which group's button is the primary one of a shared form, the first that is there. */
const PRIMARY = ['password', 'identifier_first', 'profile', 'code', 'link', 'webauthn', 'passkey']

/**
 * Second factors in the order in which they are shown: what is at hand before what has to be waited for, and backup codes,
 * which are used up, last.
 */
const SECOND_FACTORS = ['totp', 'webauthn', 'code', 'lookup_secret']

/**
 * Plans the forms of a flow (docs/decisions/0006).
 *
 * Methods that share fields share one form, so that a person types an address once; Enter presses the first button in
 * the tree, so the primary method's block comes first. Settings and second factors get one form a group. A group with a
 * hidden `method` gets its own form as well: Kratos takes the first `method` that it finds.
 *
 * @param flow the flow, nodes in server order
 * @returns forms in the order in which they are shown; each has the hidden default nodes (the CSRF token)
 */
export function planForms(type: FlowType, flow: Flow): FormPlan[] {
  // Kratos's script is not loaded (components/nodes): alone in a group, it would leave an empty block.
  const nodes = flow.ui.nodes.filter((node) => node.type !== 'script')
  const hidden = nodes.filter((node) => SHARED.has(node.group)).filter(isHidden)
  const shared = nodes.filter((node) => SHARED.has(node.group) && !isHidden(node))
  const blocks = blocksOf(nodes.filter((node) => !SHARED.has(node.group)))

  const separate = type === 'settings' || isSecondFactor(flow)
  const isOwn = (block: Block) => separate || OWN_FORM.has(block.group) || hasHiddenMethod(block)
  const together = blocks.filter((block) => !isOwn(block)).sort((a, b) => rank(a) - rank(b))
  const own = blocks.filter(isOwn)
  if (isSecondFactor(flow)) own.sort((a, b) => secondFactor(a) - secondFactor(b))
  // In the settings, what the person came for: a new password after a recovery, the codes that were just asked for.
  const showsCodes = nodes.some(({ group, type: kind }) => group === 'lookup_secret' && kind === 'text')
  const first = hasMessage(flow, 1060001) ? 'password' : showsCodes && 'lookup_secret'
  own.sort((a, b) => Number(b.group === first) - Number(a.group === first))

  // A group may only carry values along: passkey challenges, and the identifier while an identifier-first login awaits its
  // code. They go into the shared form, or where there is none, into each of the others.
  const [shown, carried] = [together.filter(showsSomething), together.filter((b) => !showsSomething(b))]
  const values = [...hidden, ...carried.flatMap((block) => block.nodes.filter(isHidden))]

  const forms: FormPlan[] = []
  if (shown.length > 0) forms.push({ hidden: values, nodes: shared, blocks: shown })
  // With no shared form, what the default group shows goes to the first one.
  const alone = shown.length === 0
  own.forEach((block, index) => {
    forms.push({
      hidden: forAddresses(block, alone ? values : hidden),
      nodes: alone && index === 0 ? shared : [],
      blocks: [block],
    })
  })
  if (forms.length === 0 && shared.length > 0) forms.push({ hidden: values, nodes: shared, blocks: [] })
  return forms
}

/** Whether a button's method can do without a field that the form requires: then the browser must not insist on it. */
export function skipsValidation(form: FormPlan, button: InputNode): boolean {
  if (button.attributes.name !== 'method') return true
  return form.blocks.some((block) => block.group !== button.group && block.nodes.some(isRequired))
}

function isRequired(node: UiNode): boolean {
  return isInput(node) && node.attributes.required === true && !isHidden(node)
}

/** Whether a block is more than hidden values, such as the passkey challenge of conditional sign-in. */
function showsSomething(block: Block): boolean {
  return block.buttons.length > 0 || block.nodes.some((node) => !isHidden(node))
}

/**
 * Kratos v1.3.1 sends a code to the `identifier` of a form, if it has one, and only else to the `address` whose button was
 * pressed (selfservice/strategy/code/strategy_login.go). Security keys bring an identifier along, and so does an error.
 */
function forAddresses({ buttons }: Block, hidden: InputNode[]): InputNode[] {
  return buttons.some(({ attributes }) => attributes.name === 'address')
    ? hidden.filter(({ attributes }) => attributes.name !== 'identifier')
    : hidden
}

function hasHiddenMethod(block: Block): boolean {
  return block.nodes.some((node) => isHidden(node) && node.attributes.name === 'method')
}

function blocksOf(nodes: readonly UiNode[]): Block[] {
  const blocks = new Map<string, Block>()
  for (const node of nodes) {
    const block = blocks.get(node.group) ?? { group: node.group, nodes: [], buttons: [] }
    blocks.set(node.group, block)
    if (isButton(node)) block.buttons.push(node)
    else block.nodes.push(node)
  }
  for (const block of blocks.values()) block.buttons.sort((a, b) => buttonRank(a) - buttonRank(b))
  return [...blocks.values()]
}

function secondFactor(block: Block): number {
  const index = SECOND_FACTORS.indexOf(block.group)
  return index === -1 ? SECOND_FACTORS.length : index
}

/** What takes something away stands last: not under a field whose value it does not send, and not where Enter presses. */
function buttonRank(button: InputNode): number {
  if (isRemoval(button)) return 2
  return button.attributes.name === 'method' ? 0 : 1
}

function rank(block: Block): number {
  const index = PRIMARY.indexOf(block.group)
  // A group that only leads back (profile in a two-step registration) comes last.
  const submits = block.buttons.some((button) => button.attributes.name === 'method' || needsScript(button))
  return (index === -1 ? PRIMARY.length : index) + (submits ? 0 : 2 * PRIMARY.length)
}
