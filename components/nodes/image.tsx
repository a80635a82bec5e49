import type { UiNode, UiNodeImageAttributes } from '@ory/client'
import type { NodeContext } from '#components/nodes/types.ts'
import { safeImage } from '#lib/kratos/safe-url.ts'

/** An image: the QR code of an authenticator app. */
export function ImageNode({ node, context }: { node: UiNode; context: NodeContext }) {
  const { src, id, width, height } = node.attributes as UiNodeImageAttributes
  const { label } = node.meta
  const alt = label ? context.words.text(label) : context.words.t('totp.alt')
  return (
    // biome-ignore lint/performance/noImgElement: a data: URL has nothing for next/image to optimise
    <img
      className="image"
      data-testid={`node/image/${id}`}
      id={id}
      src={safeImage(src)}
      width={width}
      height={height}
      alt={alt}
    />
  )
}
