import type { ReactNode } from 'react'
import { ApplicationNote } from '#components/flow/application.tsx'
import { Card } from '#components/layout/card.tsx'
import { Notice } from '#components/layout/notice.tsx'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import type { Application } from '#lib/kratos/application.ts'

/** What every page about a consent shows: for which application, and for which account. */
export type ConsentProps = {
  challenge: string
  /** against forged requests (lib/form-token.ts) */
  token: string
  application: Application | undefined
  /** a sentence above the form */
  notice: string | undefined
  account: string
  /** the sign-out that leads on to a sign-in as somebody else */
  notYou: string
  words: Words
}

type Props = ConsentProps & {
  title: MessageKey
  /** what is above the buttons, inside the form */
  children: ReactNode
  /** whether it can be allowed here */
  canAccept: boolean
}

/**
 * A page about a consent, with the form that answers it. Its fields have the names and values of those of the Express
 * reference UI.
 */
export function ConsentFrame(props: Props) {
  const { challenge, token, application, notice, account, notYou, words, title, children, canAccept } = props
  const { t } = words
  return (
    <Card title={t(title)}>
      {application && <ApplicationNote application={application} words={words} />}
      {notice && <Notice>{notice}</Notice>}
      <div className="account">
        <p className="hint">{t('consent.account')}</p>
        <p className="identifier" data-testid="consent-account">
          <bdi>{account}</bdi>
          <a href={notYou} data-testid="not-you-link">
            {t('link.not-you')}
          </a>
        </p>
      </div>
      <form className="form" action="/consent" method="post">
        <input type="hidden" name="challenge" value={challenge} readOnly />
        <input type="hidden" name="_csrf" value={token} readOnly />
        {children}
        <div className="actions-list">
          {canAccept && (
            <button className="button button-primary" id="accept" type="submit" name="consent_action" value="accept">
              {t('consent.accept')}
            </button>
          )}
          <button className="button button-secondary" id="reject" type="submit" name="consent_action" value="reject">
            {t(canAccept ? 'consent.reject' : 'consent.second-factor.reject')}
          </button>
        </div>
      </form>
    </Card>
  )
}
