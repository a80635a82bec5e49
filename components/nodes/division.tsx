import type { UiNode } from '@ory/client'

type DivisionAttributes = { id: string; class?: string; data?: Record<string, string> }

/** An empty place that a script of the operator fills, such as a captcha (Kratos newer than v1.3.1). */
export function DivisionNode({ node }: { node: UiNode }) {
  const { id, class: className, data = {} } = node.attributes as unknown as DivisionAttributes
  const attributes = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data-${name}`, String(value)]))
  return <div id={id} className={className} {...attributes} />
}
