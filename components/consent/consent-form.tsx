import { ScopeName } from '#components/account/scope-name.tsx'
import { ConsentFrame, type ConsentProps } from '#components/consent/consent-frame.tsx'
import { duration } from '#lib/i18n/duration.ts'
import type { Words } from '#lib/i18n/index.ts'
import { plain } from '#lib/kratos/application.ts'

type Props = ConsentProps & {
  scopes: readonly string[]
  audience: readonly string[]
  /** seconds; 0 for as long as nobody revokes it */
  rememberFor: number
}

/** So many lines are seen without scrolling. */
const MANY = 7

/** Asks what somebody allows an application: each scope can be left out, but for `openid`, which says who signs in. */
export function ConsentForm({ scopes, audience, rememberFor, ...frame }: Props) {
  const { t, locale } = frame.words
  const asked = scopes.filter((scope) => scope !== 'openid')
  return (
    <ConsentFrame {...frame} title="consent.title" canAccept>
      {scopes.includes('openid') && <input type="hidden" name="grant_scope" value="openid" readOnly />}
      {scopes.length > 0 && (
        <fieldset className="scopes" aria-describedby={asked.length > 0 ? 'scopes-hint' : undefined}>
          <legend>{t('consent.asks')}</legend>
          <div className="scopes-list">
            {scopes.includes('openid') && <p className="scope-fixed">{t('scope.openid')}</p>}
            {asked.map((scope, index) => (
              <Scope key={scope} scope={scope} id={`scope-${index}`} words={frame.words} />
            ))}
          </div>
          {asked.length > 0 && (
            <p className="hint" id="scopes-hint">
              {asked.length > MANY ? t('consent.untick.many', { count: scopes.length }) : t('consent.untick')}
            </p>
          )}
        </fieldset>
      )}
      {audience.length > 0 && (
        <div>
          <p className="hint">{t('consent.audience')}</p>
          <ul className="audience">
            {audience.map((one) => (
              <li key={one}>
                <code>{plain(one)}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="field checkbox">
        <input id="remember" type="checkbox" name="remember" value="1" />
        <label className="label" htmlFor="remember">
          {rememberFor > 0 ? t('consent.remember.for', { time: duration(rememberFor, locale) }) : t('consent.remember')}
        </label>
      </div>
    </ConsentFrame>
  )
}

function Scope({ scope, id, words }: { scope: string; id: string; words: Words }) {
  return (
    <div className="field checkbox">
      <input id={id} type="checkbox" name="grant_scope" value={scope} defaultChecked />
      <label className="label" htmlFor={id}>
        <ScopeName scope={scope} words={words} />
      </label>
    </div>
  )
}
