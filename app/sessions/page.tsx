import type { Session } from '@ory/client'
import { OtherSession, SessionFacts } from '#components/account/session-facts.tsx'
import { Card } from '#components/layout/card.tsx'
import { Links } from '#components/layout/links.tsx'
import { Notice } from '#components/layout/notice.tsx'
import { formToken } from '#lib/form-token.ts'
import { hasHydra } from '#lib/hydra/client.ts'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { getOtherSessions, getSession, type OtherSessions } from '#lib/kratos/get-session.ts'
import { logoutUrl } from '#lib/kratos/links.ts'
import { getCaller, getFlash, goTo, type SearchParams, single } from '../request.ts'
import { signInUrl } from '../sign-in-url.ts'
import { Unavailable } from '../unavailable.tsx'
import { getWords } from '../words.ts'

/** This session and the others of the signed-in person, which can be ended here (app/end-session/route.ts). */
export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const [caller, words] = [await getCaller(), await getWords()]
  const page = pageOf(single((await searchParams).page))
  const [result, others] = await Promise.all([getSession(caller), getOtherSessions(page, caller)])
  switch (result.kind) {
    case 'none':
    case 'aal2':
      return goTo(signInUrl('/sessions', result.kind))
    case 'unavailable':
      return <Unavailable here="/sessions" />
    case 'session': {
      // The last one of a page was ended, or somebody typed a number.
      if (others && page > others.pages) return goTo(pageUrl(others.pages))
      const flash = await getFlash('sessions')
      return (
        <Card title={words.t('sessions.title')} wide>
          {flash && <Notice>{words.t(`sessions.${flash}` as MessageKey)}</Notice>}
          <Current session={result.session} words={words} />
          <Others others={others} token={await formToken('end-session', result.session.id)} words={words} />
          <Links
            words={words}
            links={[
              { href: '/settings', label: 'link.settings' },
              { href: hasHydra() ? '/applications' : undefined, label: 'link.applications' },
              { href: logoutUrl(undefined), label: 'link.logout' },
            ]}
          />
        </Card>
      )
    }
  }
}

function pageOf(text: string | undefined): number {
  return /^[1-9]\d{0,3}$/.test(text ?? '') ? Number(text) : 1
}

function pageUrl(page: number): string {
  return page === 1 ? '/sessions' : `/sessions?page=${page}`
}

function Current({ session, words }: { session: Session; words: Words }) {
  return (
    <section className="section">
      <h3>{words.t('sessions.current')}</h3>
      <div>
        <SessionFacts session={session} words={words} />
        <details>
          <summary>{words.t('sessions.raw')}</summary>
          <pre>{JSON.stringify(session, null, 2)}</pre>
        </details>
      </div>
    </section>
  )
}

type OthersProps = { others: OtherSessions | undefined; token: string; words: Words }

function Others({ others, token, words }: OthersProps) {
  const { t } = words
  return (
    <section className="section">
      <h3>{t('sessions.others')}</h3>
      {others === undefined && <p>{t('sessions.unavailable')}</p>}
      {others?.sessions.length === 0 && <p>{t('sessions.none')}</p>}
      {others !== undefined && others.sessions.length > 0 && (
        <form className="form" action="/end-session" method="post">
          <input type="hidden" name="token" value={token} readOnly />
          <input type="hidden" name="page" value={others.page} readOnly />
          {others.sessions.map((session) => (
            <OtherSession key={session.id} session={session} words={words} />
          ))}
          <Pages page={others.page} pages={others.pages} words={words} />
          <button className="button button-danger" type="submit" name="session" value="others">
            {t('sessions.end-others')}
          </button>
        </form>
      )}
    </section>
  )
}

function Pages({ page, pages, words }: { page: number; pages: number; words: Words }) {
  const { t } = words
  if (pages < 2) return null
  return (
    <nav className="pages" aria-label={t('sessions.page', { page, pages })}>
      {page > 1 && (
        <a href={pageUrl(page - 1)} rel="prev">
          {t('sessions.previous')}
        </a>
      )}
      <span>{t('sessions.page', { page, pages })}</span>
      {page < pages && (
        <a href={pageUrl(page + 1)} rel="next">
          {t('sessions.next')}
        </a>
      )}
    </nav>
  )
}
