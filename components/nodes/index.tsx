import type { UiNode, UiNodeTypeEnum } from '@ory/client'
import type { ReactNode } from 'react'
import { AnchorNode } from '#components/nodes/anchor.tsx'
import { DivisionNode } from '#components/nodes/division.tsx'
import { ImageNode } from '#components/nodes/image.tsx'
import { Input } from '#components/nodes/input.tsx'
import { Messages } from '#components/nodes/messages.tsx'
import { TextNode } from '#components/nodes/text.tsx'
import type { NodeContext } from '#components/nodes/types.ts'

type Renderer = (props: { node: UiNode; context: NodeContext }) => ReactNode
/** The SDK adds a made-up member for types that it does not know. */
type KnownType = Exclude<UiNodeTypeEnum, '11184809'>

/** The one table of node types: a new type is a renderer and a line here; the compiler asks for it. */
const RENDERERS = {
  input: Input,
  text: TextNode,
  img: ImageNode,
  a: AnchorNode,
  // Kratos's WebAuthn script is not loaded: our own island does its work under a strict CSP (docs/decisions/0006).
  script: () => null,
  div: DivisionNode,
} satisfies Record<KnownType, Renderer>

/** Renders a node of Kratos. One of an unknown type shows its label and messages, so that a page never breaks. */
export function Node({ node, context }: { node: UiNode; context: NodeContext }) {
  const Known: Renderer = Object.hasOwn(RENDERERS, node.type) ? RENDERERS[node.type as KnownType] : Unknown
  // Inputs show their messages themselves, where they belong.
  if (node.type === 'input' || Known === Unknown || node.messages.length === 0)
    return <Known node={node} context={context} />
  return (
    <>
      <Known node={node} context={context} />
      <Messages messages={node.messages} words={context.words} />
    </>
  )
}

function Unknown({ node, context }: { node: UiNode; context: NodeContext }) {
  const { label } = node.meta
  return (
    <div className="text-node">
      {label && <p>{context.words.text(label)}</p>}
      <Messages messages={node.messages} words={context.words} />
    </div>
  )
}
