import type { UiText } from '@ory/client'
import { Notice } from '#components/layout/notice.tsx'
import type { Words } from '#lib/i18n/index.ts'
import type { Flow, FlowType } from '#lib/kratos/flows.ts'
import type { FlowLinks } from '#lib/kratos/links.ts'

/** What was typed, or the social account, belongs to an account that exists. 4000028 says which ways it has. */
const EXISTS = new Set([4000007, 4000027, 4000028])

type Props = { type: FlowType; flow: Flow; links: FlowLinks; words: Words }

/**
 * The way into an account that exists already: Kratos says that there is one, and leaves it at that. Signing in with a
 * social account of the same address needs none of this: Kratos shows the login of that account then (1010016).
 */
export function AccountExists({ type, flow, links, words }: Props) {
  const { t } = words
  const message = flow.ui.messages?.find(({ id }) => EXISTS.has(id))
  if (!message) return null
  if (type === 'settings') return <Notice>{t('linking.settings')}</Notice>
  if (!links.login) return null
  return (
    <Notice>
      <p>{t('linking.exists')}</p>
      <p className="actions">
        <a href={links.login} data-testid="existing-account-link">
          {t('linking.sign-in')}
        </a>{' '}
        {links.recovery && mayHavePassword(message) && <a href={links.recovery}>{t('link.recovery')}</a>}
      </p>
    </Notice>
  )
}

/** With hints, only where a password is one of them; without hints it may be. */
function mayHavePassword({ context }: UiText): boolean {
  const types = (context as { available_credential_types?: unknown } | undefined)?.available_credential_types
  return !Array.isArray(types) || types.length === 0 || types.includes('password')
}
