import type { Session, SessionAuthenticationMethod } from '@ory/client'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { displayName } from '#lib/kratos/identity.ts'

/** Who is signed in, since when, by which methods, and how surely. */
export function SessionFacts({ session, words }: { session: Session; words: Words }) {
  const { t } = words
  const level = session.authenticator_assurance_level
  return (
    <dl className="facts">
      <dt>{t('welcome.as')}</dt>
      <dd data-testid="session-name">{displayName(session.identity)}</dd>
      {session.authenticated_at && (
        <>
          <dt>{t('welcome.since')}</dt>
          <dd>
            <time dateTime={session.authenticated_at}>{words.date(session.authenticated_at)}</time>
          </dd>
        </>
      )}
      <dt>{t('welcome.methods')}</dt>
      <dd data-testid="session-methods">
        {methodNames(session.authentication_methods ?? [], words).join(', ')}
      </dd>
      <dt>{t('welcome.level')}</dt>
      <dd data-testid="session-aal" data-aal={level}>
        {t(level === 'aal2' ? 'welcome.level.aal2' : 'welcome.level.aal1')}
      </dd>
    </dl>
  )
}

const METHODS: Readonly<Record<string, MessageKey>> = {
  password: 'method.password',
  oidc: 'method.oidc',
  saml: 'method.saml',
  totp: 'method.totp',
  lookup_secret: 'method.lookup_secret',
  webauthn: 'method.webauthn',
  passkey: 'method.passkey',
  code: 'method.code',
  link_recovery: 'method.link_recovery',
  code_recovery: 'method.code_recovery',
}

/** The methods of a session, each once; one that we do not know by its own name. */
function methodNames(methods: readonly SessionAuthenticationMethod[], { t }: Words): string[] {
  const names = methods.flatMap(({ method }) =>
    method ? [METHODS[method] ? t(METHODS[method]) : method] : [],
  )
  return [...new Set(names)]
}
