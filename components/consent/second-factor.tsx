import { ConsentFrame, type ConsentProps } from '#components/consent/consent-frame.tsx'

type Props = ConsentProps & {
  /** the step-up, and back to the application */
  use: string
  /** the settings, and back to the application */
  setUp: string
}

/** The application wants a second factor: use it, set one up, or do without the application. */
export function SecondFactor({ use, setUp, ...frame }: Props) {
  const { t } = frame.words
  return (
    <ConsentFrame {...frame} title="consent.second-factor.title" canAccept={false}>
      <p>{t('consent.second-factor')}</p>
      <a className="button button-primary" href={use}>
        {t('consent.second-factor.use')}
      </a>
      <p className="hint">
        {t('consent.second-factor.none')} <a href={setUp}>{t('consent.second-factor.set-up')}</a>
      </p>
    </ConsentFrame>
  )
}
