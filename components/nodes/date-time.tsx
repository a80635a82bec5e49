import { FieldLabel, FieldMessages, fieldProps, textOf } from '#components/nodes/field.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import type { InputNode } from '#lib/kratos/nodes.ts'

/** What Kratos takes for a date-time (RFC 3339), as far as a pattern can say it. */
const RFC_3339 = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+\\-]\\d{2}:\\d{2})'

/**
 * A point in time. Browsers' own picker neither shows nor sends what Kratos keeps, so it is a line of text here; where
 * JavaScript runs, an island puts a picker in its place (docs/decisions/0020).
 */
export function DateTime({ node, context }: { node: InputNode; context: NodeContext }) {
  const props = fieldProps({ node, context })
  const hint = context.words.t('field.date-time')
  const hintId = `${props.id}-hint`
  return (
    <div className="field" data-testid={`node/input/${node.attributes.name}`}>
      <FieldLabel node={node} context={context} />
      <p className="hint" id={hintId}>
        {hint}
      </p>
      <input
        {...props}
        className="input"
        type="text"
        defaultValue={textOf(node.attributes.value)}
        pattern={RFC_3339}
        title={hint}
        aria-describedby={[hintId, props['aria-describedby']].filter(Boolean).join(' ')}
        autoCapitalize="none"
        spellCheck={false}
        data-date-time={hintId}
      />
      <FieldMessages node={node} context={context} />
    </div>
  )
}
