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
      <TimeFact label={t('welcome.since')} at={session.authenticated_at} words={words} />
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

type TimeProps = { label: string; at: string | undefined; words: Words }

/** A point in time in a list of facts; nothing when it is not known. */
function TimeFact({ label, at, words }: TimeProps) {
  if (!at) return null
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <time dateTime={at}>{words.date(at)}</time>
      </dd>
    </>
  )
}

/** A session on another device: its browser, since when, and until when. */
export function OtherSession({ session, words }: { session: Session; words: Words }) {
  const { t } = words
  return (
    <dl className="facts">
      <dt>{t('sessions.device')}</dt>
      <dd>{session.devices?.at(-1)?.user_agent || t('sessions.unknown-device')}</dd>
      <TimeFact label={t('welcome.since')} at={session.authenticated_at} words={words} />
      <TimeFact label={t('sessions.expires')} at={session.expires_at} words={words} />
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
