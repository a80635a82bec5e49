import type { UiNode } from '@ory/client'
import { renderToStaticMarkup } from 'react-dom/server'
import { FlowPage } from '#components/flow/flow-page.tsx'
import { Node } from '#components/nodes/index.tsx'
import { ENGLISH } from '#lib/i18n/index.ts'
import type { Flow, FlowType } from '#lib/kratos/flows.ts'
import { flowLinks } from '#lib/kratos/links.ts'
import { readFixture } from './fixtures.ts'

/** Renders a flow's page as the server does. Needs a DOM to read it: `@vitest-environment jsdom`. */
export function renderFlow(type: FlowType, flow: Flow): HTMLElement {
  const links = flowLinks(type, flow, {
    leadsOut: () => false,
    toUs: (path) => path,
    hasApplications: false,
  })
  return parse(renderToStaticMarkup(<FlowPage type={type} flow={flow} words={ENGLISH} links={links} />))
}

/** Renders the page of a flow of e2e/flows. */
export function renderFixture(name: string): HTMLElement {
  const { type, flow } = readFixture(name)
  return renderFlow(type, flow)
}

/** Renders one node. */
export function renderNode(node: UiNode, type: FlowType = 'login'): HTMLElement {
  return parse(renderToStaticMarkup(<Node node={node} context={{ type, words: ENGLISH, focusId: undefined }} />))
}

function parse(html: string): HTMLElement {
  const root = document.createElement('div')
  root.innerHTML = html
  return root
}
