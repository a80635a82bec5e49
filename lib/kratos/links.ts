import { type Flow, type FlowType, isStepUp, startUrl } from '#lib/kratos/flows.ts'

/** Where a flow's page can lead besides its form. Undefined: not offered there. */
export type FlowLinks = {
  login?: string
  registration?: string
  recovery?: string
  sessions?: string
  logout?: string
}

type Carried = { return_to?: string | undefined; login_challenge?: string | undefined }

/**
 * The links from a flow's page to the other flows. They keep `return_to` and the OAuth2 `login_challenge`; recovery and
 * verification take no challenge, so they come back by the URL that the application asked with.
 *
 * @param type the flow of the page
 * @param flow the flow
 * @param leadsOut whether a URL leads away from Kratos and from us: only then it is kept over a sign-out
 */
export function flowLinks(type: FlowType, flow: Flow, leadsOut: (url: string) => boolean): FlowLinks {
  const carried = carriedBy(flow)
  const back = oauth2RequestUrl(flow) ?? carried.return_to
  const logout = logoutUrl(carried.return_to && leadsOut(carried.return_to) ? carried.return_to : undefined)
  switch (type) {
    case 'login':
      if (isStepUp(flow)) return { logout }
      return {
        registration: startUrl('registration', carried),
        recovery: startUrl('recovery', { return_to: back }),
      }
    case 'registration':
      return { login: startUrl('login', carried), recovery: startUrl('recovery', { return_to: back }) }
    case 'recovery':
      return {
        login: startUrl('login', { return_to: carried.return_to }),
        registration: startUrl('registration', { return_to: carried.return_to }),
      }
    case 'verification':
      return { login: startUrl('login', { return_to: carried.return_to }) }
    case 'settings':
      return { sessions: '/sessions', logout }
  }
}

/** The sign-out page, with where to go afterwards. */
export function logoutUrl(returnTo: string | undefined): string {
  return returnTo ? `/logout?${new URLSearchParams({ return_to: returnTo })}` : '/logout'
}

function carriedBy(flow: Flow): Carried {
  return {
    return_to: flow.return_to,
    login_challenge: 'oauth2_login_challenge' in flow ? flow.oauth2_login_challenge : undefined,
  }
}

function oauth2RequestUrl(flow: Flow): string | undefined {
  return 'oauth2_login_request' in flow ? flow.oauth2_login_request?.request_url : undefined
}
