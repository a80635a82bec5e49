import { type Flow, hasMessage } from '#lib/kratos/flows.ts'

/**
 * The `login_challenge` that Kratos lost: a flow that replaces an expired one still has the URL of the old one's start, but
 * does not belong to the application's request any more.
 *
 * @returns undefined when nothing was lost
 */
export function lostChallenge(flow: Flow): string | undefined {
  // The form was sent after its flow had expired, and Kratos made a new flow: for a login, for a registration.
  if (!hasMessage(flow, 4010001, 4040001)) return undefined
  if ('oauth2_login_challenge' in flow && flow.oauth2_login_challenge) return undefined
  return URL.parse(flow.request_url ?? '')?.searchParams.get('login_challenge') || undefined
}
