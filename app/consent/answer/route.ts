import { consentBinding, consentBrowser } from '#lib/consent-browser.ts'
import { env } from '#lib/env.ts'
import { isFormToken } from '#lib/form-token.ts'
import { answerConsent, getConsentRequest } from '#lib/hydra/ask-consent.ts'
import { acceptance, type ConsentStep, decideConsent } from '#lib/hydra/consent.ts'
import { getSession } from '#lib/kratos/get-session.ts'
import { readForm } from '../../form.ts'
import { getCaller, getCookie } from '../../request.ts'
import { sayAt, seeOther } from '../../see-other.ts'

// A folder has either a page or a route: proxy.ts hands on to here what is posted to /consent.

/** Somebody who opens the address itself. */
export const GET = () => seeOther('/consent')

/**
 * Allows or refuses what an application asked for: the form of the consent page, with its token (docs/decisions/0028).
 * Where it cannot, it leads back to the page, which looks again and says why.
 */
export async function POST(request: Request): Promise<Response> {
  const [caller, form] = [await getCaller(), await readForm(request)]
  const challenge = form.get('challenge') ?? ''
  const [asked, session] = await Promise.all([getConsentRequest(challenge, caller.requestId), getSession(caller)])
  const step = decideConsent(asked, session, [])
  if (step.kind !== 'decide' && step.kind !== 'second-factor') return back(challenge)
  const browser = await consentBrowser(await getCookie('consent'))
  const binding = consentBinding(challenge, browser ?? '', step.sessionId)
  const action = form.get('consent_action')
  const isOurs = browser !== undefined && (await isFormToken(form.get('_csrf'), 'consent', binding))
  if (!isOurs || (action !== 'reject' && !(action === 'accept' && step.kind === 'decide'))) {
    return back(challenge, 'refused')
  }
  const answer = await answerConsent(challenge, action === 'accept' ? allowed(step, form) : undefined, caller.requestId)
  if (answer.kind === 'redirect') return seeOther(answer.to)
  return answer.kind === 'over' ? back(challenge) : back(challenge, 'failed')
}

function allowed(
  { request, identity }: Extract<ConsentStep, { kind: 'decide' | 'second-factor' }>,
  form: URLSearchParams,
) {
  const rememberFor = form.has('remember') ? env().REMEMBER_CONSENT_SESSION_FOR_SECONDS : undefined
  return acceptance(request, identity, form.getAll('grant_scope'), rememberFor)
}

/** To the page, with what is said there: the words `consent.<said>`. */
function back(challenge: string, said?: 'refused' | 'failed'): Response | Promise<Response> {
  const page = challenge ? `/consent?${new URLSearchParams({ consent_challenge: challenge })}` : '/consent'
  return said ? sayAt(page, 'consent', said) : seeOther(page)
}
