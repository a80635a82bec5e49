import { Fact, TimeFact } from '#components/account/fact.tsx'
import { ScopeName } from '#components/account/scope-name.tsx'
import { ItemButton } from '#components/layout/item-button.tsx'
import type { Connected } from '#lib/hydra/connected-applications.ts'
import type { Words } from '#lib/i18n/index.ts'

/** An application that has access to the account: to what, since and until when, and the button that ends it. */
export function ConnectedApplication({ connected, words }: { connected: Connected; words: Words }) {
  const { client, application, scopes, since, latest, remembered } = connected
  const { t } = words
  return (
    <article className="session" data-testid="connected-application">
      <h3>
        <bdi>{application.name}</bdi>
      </h3>
      <dl className="facts">
        <TimeFact label={t('applications.since')} at={since} words={words} />
        {latest !== since && <TimeFact label={t('applications.latest')} at={latest} words={words} />}
        <Fact label={t('applications.asks')}>
          {remembered === 'always' || remembered === 'never' ? (
            t(`applications.remembered.${remembered}`)
          ) : (
            <time dateTime={remembered}>{t('applications.remembered.until', { date: words.date(remembered) })}</time>
          )}
        </Fact>
        {scopes.length > 0 && (
          <Fact label={t('applications.scopes')}>
            <ul className="granted-scopes">
              {scopes.map((scope) => (
                <li key={scope}>
                  <ScopeName scope={scope} words={words} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
      <p>
        <ItemButton name="client" value={client} label={t('applications.revoke')} of={application.name} />
      </p>
    </article>
  )
}
