import type { UiNode } from '@ory/client'
import { Button } from '#components/nodes/button.tsx'
import { Checkbox } from '#components/nodes/checkbox.tsx'
import { DateTime } from '#components/nodes/date-time.tsx'
import { Field } from '#components/nodes/field.tsx'
import { Hidden } from '#components/nodes/hidden.tsx'
import { Select } from '#components/nodes/select.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import { type InputNode, isButton, isHidden } from '#lib/kratos/nodes.ts'

/** An input of any type. Types that nobody knows yet are text fields, as in HTML. */
export function Input({ node, context }: { node: UiNode; context: NodeContext }) {
  if (isHidden(node)) return <Hidden node={node} />
  if (isButton(node)) return <Button node={node} context={context} />
  const input = node as InputNode
  if (input.attributes.type === 'checkbox') return <Checkbox node={input} context={context} />
  if (input.attributes.options) return <Select node={input} context={context} />
  if (input.attributes.type === 'datetime-local') return <DateTime node={input} context={context} />
  return <Field node={input} context={context} />
}
