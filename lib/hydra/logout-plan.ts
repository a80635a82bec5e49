import type { LogoutRequest } from '#lib/hydra/logout.ts'
import type { SessionResult } from '#lib/kratos/get-session.ts'

/** What a sign-out that Hydra asks for is to do at Kratos, and whether to ask the person. */
export type LogoutPlan = {
  /** `end`: the browser's session at Kratos ends too. `keep`: it belongs to somebody else. `none`: there is none. */
  session: 'end' | 'keep' | 'none'
  asks: boolean
}

/**
 * Plans a sign-out that Hydra asks for (docs/decisions/0029). A link can bring anybody's challenge here: the session of
 * another person does not end with it, and nothing happens unasked where it is not sure whose session it is.
 *
 * @param session who is signed in at Kratos in this browser
 */
export function planLogout({ subject, client }: LogoutRequest, session: SessionResult): LogoutPlan {
  switch (session.kind) {
    case 'session': {
      const owner = session.session.identity?.id
      if (subject !== '' && subject !== owner) return { session: 'keep', asks: true }
      return { session: 'end', asks: subject === '' || !client?.skip_logout_consent }
    }
    case 'aal2':
      // Kratos tells that there is a session, not whose.
      return { session: 'end', asks: true }
    default:
      return { session: 'none', asks: subject !== '' && !client?.skip_logout_consent }
  }
}

/** What the token of the page's form is bound to: this sign-out, asked of whoever is signed in. */
export function logoutTokenOf(challenge: string, session: SessionResult): string {
  return `${challenge} ${session.kind === 'session' ? session.session.id : session.kind}`
}
