import { type Flow, type FlowType, hasMessage, isStepUp, sameStart, startUrl } from '#lib/kratos/flows.ts'
import { isButton, isField, isHidden } from '#lib/kratos/nodes.ts'
import { parseWebUrl } from '#lib/kratos/safe-url.ts'

/** Where a flow's page can lead besides its form. Undefined: not offered there. */
export type FlowLinks = {
  login?: string
  registration?: string
  recovery?: string
  /** the verification, and from there back to this login, which Kratos refuses until an address is verified */
  verification?: string
  sessions?: string
  /** the connected applications, where there is a Hydra */
  applications?: string
  logout?: string
  /** the same flow from the beginning, where Kratos leaves only one way on */
  startOver?: string
  /** the login from the beginning, where the flow carries an identifier along that cannot be changed any more */
  notYou?: string
  /** the choice of second factors, from where a code is awaited: Kratos leaves the others out there */
  anotherWay?: string
}

/** What {@link flowLinks} has to know of where we are. */
export type Places = {
  /** whether a URL leads away from Kratos and from us: only then it is kept over a sign-out */
  leadsOut: (url: string) => boolean
  /** a page of ours as a `return_to` for Kratos */
  toUs: (path: string) => string
  /** whether there are applications that can be connected: a Hydra */
  hasApplications: boolean
}

/**
 * The links from a flow's page to the other flows. They keep `return_to` and the OAuth2 `login_challenge`; recovery and
 * verification take no challenge, so they come back by the URL that the application asked with.
 */
export function flowLinks(type: FlowType, flow: Flow, { leadsOut, toUs, hasApplications }: Places): FlowLinks {
  const { return_to, login_challenge } = sameStart(flow)
  const carried = { return_to, login_challenge }
  const back = oauth2RequestUrl(flow) ?? carried.return_to
  const logout = logoutUrl(carried.return_to && leadsOut(carried.return_to) ? carried.return_to : undefined)
  switch (type) {
    case 'login':
      if (isStepUp(flow)) {
        return awaitsCode(flow) ? { anotherWay: startUrl('login', sameStart(flow)), logout } : { logout }
      }
      if (isLinking(flow)) {
        return { recovery: startUrl('recovery', { return_to: back }), startOver: startUrl('login', carried) }
      }
      return {
        registration: startUrl('registration', carried),
        recovery: startUrl('recovery', { return_to: back }),
        ...(carriedIdentifier(flow) ? { notYou: startUrl('login', carried) } : {}),
        // The password was right, but no address of the account is verified. Newer versions send an error instead.
        ...(hasMessage(flow, 4000010)
          ? { verification: startUrl('verification', { return_to: toUs(startUrl('login', carried)) }) }
          : {}),
      }
    case 'registration':
      return {
        login: startUrl('login', carried),
        ...(isBoundToProvider(flow) || awaitsCode(flow)
          ? { startOver: startUrl('registration', carried) }
          : { recovery: startUrl('recovery', { return_to: back }) }),
      }
    case 'recovery':
    case 'verification': {
      const kept = { return_to: carried.return_to }
      const login = isOAuth2Request(carried.return_to) ? carried.return_to : startUrl('login', kept)
      if (awaitsCode(flow)) return { login, startOver: startUrl(type, kept) }
      return type === 'recovery' ? { login, registration: startUrl('registration', kept) } : { login }
    }
    case 'settings':
      return { sessions: '/sessions', ...(hasApplications ? { applications: '/applications' } : {}), logout }
  }
}

/** The sign-out page, with where to go afterwards. */
export function logoutUrl(returnTo: string | undefined): string {
  return returnTo ? `/logout?${new URLSearchParams({ return_to: returnTo })}` : '/logout'
}

/**
 * The identifier of a login that goes on with it: after the identifier-first step, and while a code is awaited. Kratos
 * hides the field then, so the page has to say whom it is about, or where the code went.
 */
export function carriedIdentifier(flow: Flow): string | undefined {
  if (isLinking(flow) || (isStepUp(flow) && !awaitsCode(flow))) return undefined
  const node = flow.ui.nodes.find((one) => isHidden(one) && one.attributes.name === 'identifier')
  const value = node && isHidden(node) ? node.attributes.value : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether a code is on its way to an address, which may be the wrong one. */
function awaitsCode(flow: Flow): boolean {
  return flow.ui.nodes.some((node) => isField(node) && node.attributes.name === 'code')
}

/** 1010016: a social account has the address of an account; signing in to that one links the two. */
function isLinking(flow: Flow): boolean {
  return hasMessage(flow, 1010016)
}

/** 1040003: a social sign-up that is not finished (a trait is missing, or the provider refused) goes on there only. */
function isBoundToProvider(flow: Flow): boolean {
  return flow.ui.nodes.some(
    (node) => isButton(node) && node.attributes.name === 'provider' && node.meta.label?.id === 1040003,
  )
}

/**
 * Whether a `return_to` is the URL that an application asked with: recovery and verification know no more of the OAuth2
 * request. A login on the way there would not count at Hydra, and the person would have to sign in twice.
 */
function isOAuth2Request(url: string | undefined): url is string {
  const parsed = parseWebUrl(url)
  if (!parsed) return false
  return parsed.pathname.endsWith('/oauth2/auth') && parsed.searchParams.has('client_id')
}

function oauth2RequestUrl(flow: Flow): string | undefined {
  return 'oauth2_login_request' in flow ? flow.oauth2_login_request?.request_url : undefined
}
