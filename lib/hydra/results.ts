import { type Answer, isObject } from '#lib/kratos/results.ts'
import { parseWebUrl } from '#lib/kratos/safe-url.ts'

/** What asking Hydra about a request of an application can come to. Expected failures are data. */
export type HydraResult<T> =
  | { kind: 'request'; request: T }
  /** where the browser goes next: the request is answered, now or before */
  | { kind: 'redirect'; to: string }
  /** unknown, too old, or answered already without a word where it goes on: 404, 409, 410 */
  | { kind: 'over' }
  /** Hydra refuses what was sent */
  | { kind: 'refused' }
  /** Hydra is down, slow, or answers nonsense */
  | { kind: 'unavailable' }

/**
 * What an answer of Hydra's admin API means, for requests (login, consent, logout, device) and their acceptance.
 *
 * @param parse makes the request out of the body; undefined for a body that is none
 * @see https://www.ory.sh/docs/hydra/reference/api
 */
export function toHydraResult<T>(
  { status, body }: Answer,
  parse: (body: Readonly<Record<string, unknown>>) => T | undefined,
): HydraResult<T> {
  const fields = isObject(body) ? body : {}
  const to = webUrl(fields.redirect_to)
  if ((status === 200 || status === 410) && to) return { kind: 'redirect', to }
  if (status === 200) {
    const request = parse(fields)
    return request === undefined ? { kind: 'unavailable' } : { kind: 'request', request }
  }
  if (status === 404 || status === 409 || status === 410) return { kind: 'over' }
  return status >= 400 && status < 500 && status !== 429 ? { kind: 'refused' } : { kind: 'unavailable' }
}

/** An http(s) URL, as browsers write it; undefined for anything else. */
export function webUrl(value: unknown): string | undefined {
  return parseWebUrl(value)?.href
}
