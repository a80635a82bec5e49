import type { Words } from '#lib/i18n/index.ts'
import type { Application } from '#lib/kratos/application.ts'

/** The application that somebody signs in to. Its words and links are its own: text, and links that vouch for nothing. */
export function ApplicationNote({ application, words }: { application: Application; words: Words }) {
  const { name, logo, policy, terms } = application
  const { t } = words
  return (
    <div className="application" data-testid="application">
      {/* biome-ignore lint/performance/noImgElement: another host's picture, which next/image would fetch by itself */}
      {logo && <img src={logo} alt="" width={40} height={40} referrerPolicy="no-referrer" />}
      <div>
        <p>
          {t('application.to')}{' '}
          <strong>
            <bdi>{name}</bdi>
          </strong>
        </p>
        {(policy || terms) && (
          <p className="hint">
            {policy && (
              <a href={policy} rel="noopener noreferrer nofollow">
                {t('application.policy')}
              </a>
            )}
            {terms && (
              <a href={terms} rel="noopener noreferrer nofollow">
                {t('application.terms')}
              </a>
            )}
          </p>
        )}
      </div>
    </div>
  )
}
