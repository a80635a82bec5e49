import type { UiNode, UiNodeAnchorAttributes } from '@ory/client'
import type { NodeContext } from '#components/nodes/types.ts'
import { safeHref } from '#lib/kratos/safe-url.ts'

/** A way on, such as the `continue` link after a verification. A target that cannot be followed is shown as text. */
export function AnchorNode({ node, context }: { node: UiNode; context: NodeContext }) {
  const { href, id, title } = node.attributes as UiNodeAnchorAttributes
  const text = context.words.text(node.meta.label ?? title)
  const target = safeHref(href)
  if (!target) return <p data-testid={`node/anchor/${id}`}>{text}</p>
  return (
    <a className="button button-primary" data-testid={`node/anchor/${id}`} id={id} href={target}>
      {text}
    </a>
  )
}
