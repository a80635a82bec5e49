import { Card } from '#components/layout/card.tsx'
import { holdsKratosCsrf, OUR_PREFIX } from '#lib/cookies.ts'
import { type Env, env } from '#lib/env.ts'
import type { Words } from '#lib/i18n/index.ts'
import { FLOWS, isFlowType, startUrl } from '#lib/kratos/flows.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { setStatus } from '#lib/page-status.ts'
import { getCaller, type SearchParams, single } from '../request.ts'
import { getWords } from '../words.ts'

/** Where redirects that would go round in circles end: what is wrong, for the person and for the operator. */
export default async function DiagnosisPage({ searchParams }: { searchParams: SearchParams }) {
  const [query, { cookie, requestId }, words] = [await searchParams, await getCaller(), await getWords()]
  const { t } = words
  const asked = single(query.type) ?? ''
  const type = isFlowType(asked) ? asked : 'login'
  const why = single(query.why)
  const kept = Object.fromEntries(FLOWS[type].map((name) => [name, single(query[name])]))
  const kratosCookie = holdsKratosCsrf(cookie)
  const ourCookie = cookie?.includes(OUR_PREFIX) ?? false
  setStatus(why === 'loop' ? 429 : 403)
  return (
    <Card title={t('diagnosis.title')}>
      <p role="alert">{t(reasonOf(why, kratosCookie))}</p>
      <h3>{t('diagnosis.what')}</h3>
      <ul className="findings">
        <Finding name={t('diagnosis.cookie.ours', { name: `${OUR_PREFIX}…` })} present={ourCookie} words={words} />
        <Finding name={t('diagnosis.cookie.kratos')} present={kratosCookie} words={words} />
      </ul>
      {ourCookie && <p>{t('diagnosis.cookie.both')}</p>}
      <div className="actions-list">
        <a className="button button-primary" href={startUrl(type, { ...kept, restart: 'fresh' })}>
          {t('problem.start-over')}
        </a>
        <a className="button button-secondary" href={logoutUrl(undefined)}>
          {t('link.logout')}
        </a>
      </div>
      <details>
        <summary>{t('diagnosis.operator')}</summary>
        {operatorHints(env(), words).map((hint) => (
          <p key={hint}>{hint}</p>
        ))}
        <p>
          {t('problem.request-id')}: <code data-testid="request-id">{requestId}</code>
        </p>
      </details>
    </Card>
  )
}

function reasonOf(why: string | undefined, kratosCookie: boolean) {
  if (why === 'cookies') return 'diagnosis.cookies'
  if (why === 'loop') return 'diagnosis.loop'
  return kratosCookie ? 'diagnosis.csrf.arrived' : 'diagnosis.csrf'
}

function Finding({ name, present, words }: { name: string; present: boolean; words: Words }) {
  return (
    <li data-level={present ? 'ok' : 'error'}>
      {name}: <strong>{words.t(present ? 'diagnosis.cookie.present' : 'diagnosis.cookie.absent')}</strong>
    </li>
  )
}

/** What of the set-up can be read off the configuration. Only public URLs: the internal one is nobody's business. */
function operatorHints(environment: Env, { t }: Words): string[] {
  const { KRATOS_BROWSER_URL: kratos, PUBLIC_URL: ours } = environment
  const hints: string[] = []
  if (kratos !== '/') {
    hints.push(t('diagnosis.operator.host', { kratos, ours: ours ?? '?' }))
    if (ours && new URL(kratos).protocol !== new URL(ours).protocol) {
      hints.push(t('diagnosis.operator.scheme', { kratos, ours }))
    }
  }
  if (!environment.secureCookies) hints.push(t('diagnosis.operator.secure'))
  return hints
}
