import { methodName } from '#components/account/method-name.ts'
import type { Words } from '#lib/i18n/index.ts'
import type { KnownAccount } from '#lib/known-accounts.ts'

type Props = {
  accounts: readonly KnownAccount[]
  /** the page with an account filled in, by its place in the list */
  choose: (index: number) => string
  words: Words
}

/** Who signed in on this device before, to pick from: links, so that the page keeps its one form. */
export function KnownAccounts({ accounts, choose, words }: Props) {
  const { t } = words
  return (
    <nav className="known" aria-label={t('known.choose')} data-testid="known-accounts">
      <ul>
        {accounts.map((account, index) => (
          <li key={account.name}>
            <a className="button button-secondary" href={choose(index)}>
              <bdi>{account.name}</bdi>
              <span className="hint">
                {t('known.by', { method: account.provider ?? methodName(account.method, words) })}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <p className="hint">
        <a href="/known-accounts">{t('known.manage')}</a>
      </p>
    </nav>
  )
}
