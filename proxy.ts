import { type NextRequest, NextResponse } from 'next/server'
import { withBase } from '#lib/base-path.ts'
import { CONSENT_TTL, consentCookie } from '#lib/consent-browser.ts'
import { cookieName, type OurCookie, ourCookie } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import { browserStartUrl } from '#lib/kratos/browser-url.ts'
import { FLOWS, type FlowType, isFlowType, startParams } from '#lib/kratos/flows.ts'
import { RESTART_REASONS } from '#lib/kratos/results.ts'
import { note } from '#lib/request-record.ts'
import { seal, unseal } from '#lib/seal.ts'
import { type Decision, decideStart, FLASH_TTL, NOTE_TTL, parseNote } from '#lib/start-note.ts'

// Runs only where a flow has to be started or a cookie set: any other page view costs nothing here (docs/decisions/0005).
export const config = {
  matcher: [
    { source: '/:type(login|registration|settings|recovery|verification)', missing: [{ type: 'query', key: 'flow' }] },
    '/logout',
    '/consent',
  ],
}

/**
 * Starts a flow: 303 to Kratos's browser endpoint, with the parameters which that endpoint takes, and a start note.
 * No I/O. A browser that goes round in circles ends on the diagnosis page.
 *
 * @see https://www.ory.sh/docs/reference/api#tag/frontend GET /self-service/<type>/browser
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const type = request.nextUrl.pathname.slice(1)
  if (type === 'consent') return consent(request)
  if (!isFlowType(type)) return forgetStarts(request)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const headers = { Allow: 'GET, HEAD', 'Cache-Control': 'no-store' }
    return new NextResponse('Method not allowed\n', { status: 405, headers })
  }
  const query = request.nextUrl.searchParams
  const reason = RESTART_REASONS.find((known) => known === query.get('restart'))
  const sealed = reason === 'fresh' ? undefined : sent(request, `start_${type}`)
  const decision = decideStart({
    params: startParams(type, query),
    reason,
    note: parseNote(await unseal(sealed, NOTE_TTL)),
    bounced: query.has('cookie-check'),
    checkCookie: sent(request, 'check') !== undefined,
    now: Date.now(),
  })
  const response = redirect(request, type, decision)
  if (decision.kind === 'start') note({ start: type })
  if (decision.kind === 'diagnosis') note({ stop: decision.why })
  if (decision.kind === 'bounce') response.cookies.set(ourCookie('check', '1', 60))
  if (decision.kind === 'start') {
    response.cookies.set(ourCookie(`start_${type}`, await seal(decision.note, NOTE_TTL), NOTE_TTL))
    if (reason && reason !== 'fresh') {
      response.cookies.set(ourCookie('flash', await seal({ type, reason }, FLASH_TTL), FLASH_TTL))
    } else if (sent(request, 'flash')) {
      // What it said belongs to an earlier start.
      response.cookies.set(ourCookie('flash', '', 0))
    }
  }
  return response
}

function redirect(request: NextRequest, type: FlowType, decision: Decision): NextResponse {
  const to = request.nextUrl.clone()
  switch (decision.kind) {
    case 'start': {
      const target = browserStartUrl(env(), type, decision.params)
      return seeOther(target.startsWith('/') ? new URL(withBase(target), to) : new URL(target))
    }
    case 'bounce':
      to.searchParams.set('cookie-check', '1')
      return seeOther(to)
    case 'diagnosis':
      to.pathname = '/diagnosis'
      to.search = new URLSearchParams({ ...decision.params, why: decision.why, type }).toString()
      return seeOther(to)
  }
}

/** A redirect to our own origin leaves as a relative Location, whatever Host says (Next does that). */
function seeOther(to: URL): NextResponse {
  return NextResponse.redirect(to, { status: 303, headers: { 'Cache-Control': 'no-store' } })
}

/** The consent page gets its cookie, which a page cannot set; what its form posts goes to a route, which a page cannot be. */
async function consent(request: NextRequest): Promise<NextResponse> {
  if (!env().hydraAdminUrl) return NextResponse.next()
  if (request.method === 'POST') {
    const to = request.nextUrl.clone()
    to.pathname = '/consent/answer'
    return NextResponse.rewrite(to)
  }
  const response = NextResponse.next()
  const cookie = await consentCookie(sent(request, 'consent'))
  response.cookies.set(ourCookie('consent', cookie, CONSENT_TTL))
  return response
}

/** After a sign-out, no start from before may lead back to a signed-in page. */
function forgetStarts(request: NextRequest): NextResponse {
  const response = NextResponse.next()
  for (const type of Object.keys(FLOWS) as FlowType[]) {
    if (sent(request, `start_${type}`)) response.cookies.set(ourCookie(`start_${type}`, '', 0))
  }
  return response
}

function sent(request: NextRequest, cookie: OurCookie): string | undefined {
  return request.cookies.get(cookieName(cookie))?.value
}
