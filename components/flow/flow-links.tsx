import type { Words } from '#lib/i18n/index.ts'
import type { FlowLinks as Links } from '#lib/kratos/links.ts'

/** The ways from a flow to the other flows. Plain links: next/link would start flows by prefetching them. */
export function FlowLinks({ links, words }: { links: Links; words: Words }) {
  const { t } = words
  return (
    <footer className="links">
      {links.startOver && (
        <p>
          <a href={links.startOver} data-testid="start-over-link">
            {t('link.start-over')}
          </a>
        </p>
      )}
      {links.recovery && (
        <p>
          <a href={links.recovery} data-testid="forgot-password-link">
            {t('link.recovery')}
          </a>
        </p>
      )}
      {links.registration && (
        <p>
          {t('link.registration.question')}{' '}
          <a href={links.registration} data-testid="signup-link">
            {t('link.registration')}
          </a>
        </p>
      )}
      {links.login && (
        <p>
          {t('link.login.question')}{' '}
          <a href={links.login} data-testid="cta-link">
            {t('link.login')}
          </a>
        </p>
      )}
      {links.sessions && (
        <p>
          <a href={links.sessions}>{t('link.sessions')}</a>
        </p>
      )}
      {links.applications && (
        <p>
          <a href={links.applications}>{t('link.applications')}</a>
        </p>
      )}
      {links.logout && (
        <p>
          <a href={links.logout} data-testid="logout-link">
            {t('link.logout')}
          </a>
        </p>
      )}
    </footer>
  )
}
