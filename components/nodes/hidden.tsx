import { textOf } from '#components/nodes/field.tsx'
import type { InputNode } from '#lib/kratos/nodes.ts'

/** A value that a form carries along. */
export function Hidden({ node }: { node: InputNode }) {
  const { name, value, disabled } = node.attributes
  return <input type="hidden" name={name} value={textOf(value) ?? ''} disabled={disabled} readOnly />
}
