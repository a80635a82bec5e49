import { Button } from '#components/nodes/button.tsx'
import { Hidden } from '#components/nodes/hidden.tsx'
import { Node } from '#components/nodes/index.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import { type Block, type FormPlan, SOCIAL, skipsValidation } from '#lib/kratos/forms.ts'
import { type InputNode, isField, isHidden, needsScript } from '#lib/kratos/nodes.ts'

type Props = {
  plan: FormPlan
  action: string
  method: string
  context: NodeContext
  testId?: string | undefined
  /** id of what describes the form */
  describedBy?: string | undefined
  /** whether its first button is the primary one: a page of several ways has one of them */
  leads?: boolean
}

/**
 * A native form, posted by the browser straight to Kratos (docs/decisions/0001). Hidden values first, then what to fill
 * in, then each block's buttons; the first button in the tree is the one that Enter presses.
 */
export function FlowForm({ plan, action, method, context, testId, describedBy, leads = true }: Props) {
  const { hidden, nodes, blocks } = plan
  return (
    <form
      className="form"
      action={action}
      method={method}
      data-testid={testId}
      aria-describedby={describedBy}
      data-form="flow"
    >
      {isWokenFirst(plan) && <button type="submit" disabled hidden data-enter-guard />}
      {hidden.map((node, index) => (
        <Hidden key={keyOf(node, index)} node={node} />
      ))}
      {context.account && asksPasswordOnly(plan) && (
        <input type="text" autoComplete="username" value={context.account} readOnly hidden data-account />
      )}
      {nodes.map((node, index) => (
        <Node key={keyOf(node, index)} node={node} context={context} />
      ))}
      {blocks.map((block, position) => (
        <div key={block.group} className="block" data-group={block.group}>
          {block.nodes.map((node, index) => (
            <Node key={keyOf(node, index)} node={node} context={context} />
          ))}
          {block.buttons.map((node, index) => (
            <Button
              key={keyOf(node, index)}
              node={node}
              context={context}
              primary={leads && position === 0 && index === 0 && !isChoice(block)}
              noValidate={skipsValidation(plan, node)}
            />
          ))}
        </div>
      ))}
    </form>
  )
}

/**
 * Whether what comes first needs an island, so that Enter in a field would press whatever comes next: it would remove a
 * security key. A disabled button before all others stops that; the island lets Enter press what comes first.
 */
function isWokenFirst({ blocks }: FormPlan): boolean {
  const first = blocks[0]?.buttons[0]
  return first !== undefined && needsScript(first)
}

/** Then a password manager does not see whose password it is: a field of ours tells it, and nobody else. */
function asksPasswordOnly({ nodes, blocks }: FormPlan): boolean {
  const fields = [...nodes, ...blocks.flatMap((block) => block.nodes)].filter(isField)
  return (
    fields.some(({ attributes }) => attributes.type === 'password') &&
    fields.every(({ attributes }) => attributes.type === 'password' || attributes.type === 'checkbox')
  )
}

/** Providers to choose from, all alike. With fields, the button is the one that sends what the provider did not tell. */
function isChoice({ group, nodes }: Block): boolean {
  return SOCIAL.has(group) && nodes.every(isHidden)
}

/** Kratos's own identity of a node; several may share it (buttons of providers, keys), so the position goes along. */
function keyOf(node: { attributes: unknown }, index: number): string {
  const { name, id } = node.attributes as Partial<InputNode['attributes'] & { id: string }>
  return `${name ?? id}-${index}`
}
