import { FieldLabel, FieldMessages, fieldProps } from '#components/nodes/field.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import type { InputNode } from '#lib/kratos/nodes.ts'

/**
 * A yes or no. The hidden twin before it sends "false" when the box is not ticked: a form sends nothing for an empty box,
 * and Kratos would keep the old value. Kratos takes the last value of a name.
 */
export function Checkbox({ node, context }: { node: InputNode; context: NodeContext }) {
  const { name, value, disabled } = node.attributes
  return (
    <div className="field checkbox" data-testid={`node/input/${name}`}>
      <input type="hidden" name={name} value="false" disabled={disabled} />
      <input
        {...fieldProps({ node, context })}
        type="checkbox"
        value="true"
        defaultChecked={value === true || value === 'true'}
      />
      <FieldLabel node={node} context={context} />
      <FieldMessages node={node} context={context} />
    </div>
  )
}
