import type { Flow } from '#lib/kratos/flows.ts'
import { isField } from '#lib/kratos/nodes.ts'

/** Longer than any address; what is longer is no hint. */
const MAX_HINT = 254

/**
 * Fills in whom an application expects (OpenID Connect's `login_hint`), where the flow has an empty field for it. Kratos
 * hands the hint over and leaves it at that.
 *
 * @param flow any flow; only logins have a hint
 * @returns the flow, or a copy with the identifier filled in
 */
export function withLoginHint<T extends Flow>(flow: T): T {
  const hint = 'oauth2_login_request' in flow ? flow.oauth2_login_request?.oidc_context?.login_hint : undefined
  return withIdentifier(flow, hint)
}

/** A flow with an identifier filled in, where it has an empty field for one; nothing is done for none or a long one. */
export function withIdentifier<T extends Flow>(flow: T, identifier: string | undefined): T {
  if (!identifier || identifier.length > MAX_HINT) return flow
  const nodes = flow.ui.nodes.map((node) =>
    isField(node) && node.attributes.name === 'identifier' && !node.attributes.value
      ? { ...node, attributes: { ...node.attributes, value: identifier } }
      : node,
  )
  return { ...flow, ui: { ...flow.ui, nodes } }
}
