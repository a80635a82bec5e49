import { Notice } from '#components/layout/notice.tsx'
import type { Words } from '#lib/i18n/index.ts'

type Props = {
  /** the flow that Kratos did not start for somebody who is signed in */
  asked: 'login' | 'registration' | 'recovery'
  /** the settings, with the way back that the flow had */
  settings: string
  /** the sign-out that leads on to the flow */
  signOut: string
  words: Words
}

/** Says why a flow was not started, and how to get what it was asked for. */
export function AlreadySignedIn({ asked, settings, signOut, words }: Props) {
  const { t } = words
  if (asked === 'login') return <Notice>{t('welcome.already')}</Notice>
  return (
    <Notice>
      <p>{t(`welcome.already.${asked}`)}</p>
      <p className="actions">
        {asked === 'recovery' && <a href={settings}>{t('welcome.already.recovery.settings')}</a>}{' '}
        <a href={signOut}>{t(`welcome.already.${asked}.out`)}</a>
      </p>
    </Notice>
  )
}
