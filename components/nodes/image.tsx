import type { UiNode, UiNodeImageAttributes } from '@ory/client'
import type { NodeContext } from '#components/nodes/types.ts'
import { safeImage } from '#lib/kratos/safe-url.ts'

/** An image: the QR code of an authenticator app. One from elsewhere is left out: it would tell who looks at it. */
export function ImageNode({ node, context }: { node: UiNode; context: NodeContext }) {
  const { src, id, width, height } = node.attributes as UiNodeImageAttributes
  const { label } = node.meta
  const source = safeImage(src)
  if (!source) return null
  const alt = label ? context.words.text(label) : context.words.t('totp.alt')
  return (
    // biome-ignore lint/performance/noImgElement: a data: URL has nothing for next/image to optimise
    <img
      className="image"
      data-testid={`node/image/${id}`}
      id={id}
      src={source}
      width={width}
      height={height}
      alt={alt}
    />
  )
}
