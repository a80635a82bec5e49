import type { Session, SessionAuthenticationMethod } from '@ory/client'
import { Fact, TimeFact } from '#components/account/fact.tsx'
import { methodName } from '#components/account/method-name.ts'
import { ItemButton } from '#components/layout/item-button.tsx'
import type { Words } from '#lib/i18n/index.ts'
import { displayName } from '#lib/kratos/identity.ts'
import { readAgent } from '#lib/user-agent.ts'

type Props = { session: Session; words: Words }

/** Who is signed in, since when, by which methods, and how surely. */
export function SessionFacts({ session, words }: Props) {
  const { t } = words
  return (
    <dl className="facts">
      <Fact label={t('welcome.as')}>
        <span data-testid="session-name">{displayName(session.identity)}</span>
      </Fact>
      <HowAndWhen session={session} words={words} />
    </dl>
  )
}

/** A session on another device: what it is, where it was, since when and how; and the button that ends it. */
export function OtherSession({ session, words }: Props) {
  const { t } = words
  const device = session.devices?.at(-1)
  const name = agentName(device?.user_agent, words)
  return (
    <article className="session" data-testid="other-session">
      <h4>{name}</h4>
      <dl className="facts">
        {device?.location && <Fact label={t('sessions.place')}>{device.location}</Fact>}
        {device?.ip_address && <Fact label={t('sessions.address')}>{device.ip_address.replace(PORT, '')}</Fact>}
        <HowAndWhen session={session} words={words} />
      </dl>
      <p>
        <ItemButton name="session" value={session.id} label={t('sessions.end')} of={name} />
      </p>
    </article>
  )
}

/** Kratos keeps the port of the connection too, which tells nobody anything. */
const PORT = /(?<=[.\]\d]):\d+$/

function HowAndWhen({ session, words }: Props) {
  const { t } = words
  const { issued_at, authenticated_at, expires_at, authenticator_assurance_level: level } = session
  return (
    <>
      <TimeFact label={t('welcome.since')} at={issued_at ?? authenticated_at} words={words} />
      {isLater(authenticated_at, issued_at) && (
        <TimeFact label={t('sessions.confirmed')} at={authenticated_at} words={words} />
      )}
      <TimeFact label={t('sessions.expires')} at={expires_at} words={words} />
      <Fact label={t('welcome.methods')}>
        <span data-testid="session-methods">{methodNames(session.authentication_methods ?? [], words).join(', ')}</span>
      </Fact>
      <Fact label={t('welcome.level')}>
        <span data-testid="session-aal" data-aal={level}>
          {t(level === 'aal2' ? 'welcome.level.aal2' : 'welcome.level.aal1')}
        </span>
      </Fact>
    </>
  )
}

/** Whether a session was confirmed after it began: by more than the moment that a sign-in takes. */
function isLater(authenticated: string | undefined, issued: string | undefined): boolean {
  return Date.parse(authenticated ?? '') - Date.parse(issued ?? '') > 5_000
}

/** The longest name of a device that nobody knows, in characters. */
const MAX_AGENT = 80

function agentName(userAgent: string | undefined, { t }: Words): string {
  const { browser, system } = readAgent(userAgent ?? '')
  if (browser && system) return t('sessions.agent', { browser, system })
  return browser ?? system ?? (userAgent?.slice(0, MAX_AGENT) || t('sessions.unknown-device'))
}

/** The methods of a session, each once. */
function methodNames(methods: readonly SessionAuthenticationMethod[], words: Words): string[] {
  return [...new Set(methods.flatMap(({ method }) => (method ? [methodName(method, words)] : [])))]
}
