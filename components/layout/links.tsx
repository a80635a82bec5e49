import type { MessageKey, Words } from '#lib/i18n/index.ts'

type Link = {
  /** undefined: not offered here */
  href: string | undefined
  label: MessageKey
  /** what stands before it */
  question?: MessageKey
  testId?: string
}

/** The ways on at the foot of a card, a line each. Plain links: next/link would start flows by prefetching them. */
export function Links({ links, words: { t } }: { links: readonly Link[]; words: Words }) {
  const offered = links.filter(({ href }) => href)
  return (
    <footer className="links">
      {offered.map(({ href, label, question, testId }) => (
        <p key={label}>
          {question && `${t(question)} `}
          <a href={href} data-testid={testId}>
            {t(label)}
          </a>
        </p>
      ))}
    </footer>
  )
}
