import type { ReactNode } from 'react'
import { IslandBoundary } from '#components/islands/island-boundary.tsx'
import { RetryIsland } from '#components/islands/retry-island.tsx'
import { Card } from '#components/layout/card.tsx'
import type { MessageKey, Words } from '#lib/i18n/index.ts'

type Props = {
  title: MessageKey
  text: MessageKey
  values?: Readonly<Record<string, string | number>>
  /** in how many seconds it is worth another try */
  wait?: number | undefined
  /** what Kratos says about it, shown as text */
  reason?: string | undefined
  retry?: { href: string; label: MessageKey } | undefined
  requestId: string | null
  words: Words
  children?: ReactNode
}

/** A page for when there is nothing to fill in: what happened, a way on, and the request id for the support. */
export function FlowProblem({ title, text, values, wait, reason, retry, requestId, words, children }: Props) {
  const { t } = words
  return (
    <Card title={t(title)}>
      <div role="alert">
        <p>{t(text, values)}</p>
        {reason && (
          <div className="reason" data-testid="ui/error/message">
            <bdi>{reason}</bdi>
          </div>
        )}
      </div>
      {children}
      {retry && (
        <p>
          <a className="button button-primary" href={retry.href}>
            {t(retry.label)}
            {wait ? (
              <IslandBoundary>
                <RetryIsland seconds={wait} text={t('resend.seconds')} />
              </IslandBoundary>
            ) : undefined}
          </a>
        </p>
      )}
      {requestId && (
        <p className="request-id">
          {t('problem.request-id')}: <code data-testid="request-id">{requestId}</code>
          <br />
          {t('problem.request-id.hint')}
        </p>
      )}
    </Card>
  )
}
