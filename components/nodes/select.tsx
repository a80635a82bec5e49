import { FieldLabel, FieldMessages, fieldProps, textOf } from '#components/nodes/field.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import type { InputNode } from '#lib/kratos/nodes.ts'

/** A choice of an enum (`options`; Kratos newer than v1.3.1). */
export function Select({ node, context }: { node: InputNode; context: NodeContext }) {
  const { options = [], value, name, required } = node.attributes
  const values = options.flatMap((option) => textOf(option.value) ?? [])
  return (
    <div className="field" data-testid={`node/input/${name}`}>
      <FieldLabel node={node} context={context} />
      <select {...fieldProps({ node, context })} className="input" defaultValue={textOf(value) ?? ''}>
        {(!required || !values.includes(textOf(value) ?? '')) && <option value="" />}
        {values.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
      <FieldMessages node={node} context={context} />
    </div>
  )
}
