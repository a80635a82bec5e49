import 'server-only'
import { env } from '#lib/env.ts'
import { returnToUs } from '#lib/kratos/browser-url.ts'
import { startUrl } from '#lib/kratos/flows.ts'

/**
 * The login that leads back to a page of ours.
 *
 * @param here path and query of the page
 * @param lacks `aal2` where only a second factor is missing
 */
export function signInUrl(here: string, lacks?: 'none' | 'aal2'): string {
  const aal = lacks === 'aal2' ? 'aal2' : undefined
  return startUrl('login', { aal, return_to: returnToUs(env(), here) })
}
