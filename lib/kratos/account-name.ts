import type { Flow } from '#lib/kratos/flows.ts'
import { displayName } from '#lib/kratos/identity.ts'
import { isHidden } from '#lib/kratos/nodes.ts'

/** Hidden values that a person signs in with. */
const NAMES = new Set(['identifier', 'traits.email', 'traits.username', 'traits.phone'])

/**
 * Whose password a flow asks for, where that is known: password managers want the name beside the password.
 *
 * @see https://www.chromium.org/developers/design-documents/form-styles-that-chromium-understands/
 */
export function accountName(flow: Flow): string | undefined {
  if ('identity' in flow && flow.identity) return displayName(flow.identity)
  const values = flow.ui.nodes.filter(isHidden).filter(({ attributes }) => NAMES.has(attributes.name))
  return values.map(({ attributes }) => attributes.value).find((value) => typeof value === 'string' && value !== '')
}
