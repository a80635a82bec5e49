import type { BrandView } from '#lib/branding/branding-file.ts'
import type { Words } from '#lib/i18n/index.ts'

const LABELS = {
  terms: 'application.terms',
  privacy: 'application.policy',
  support: 'link.support',
} as const

/** The operator's links under each page; nothing where there are none. */
export function BrandLinks({ links, words }: { links: BrandView['links']; words: Words }) {
  const given = (['terms', 'privacy', 'support'] as const).filter((name) => links[name])
  if (given.length === 0) return null
  return (
    <footer className="brand-links">
      {given.map((name) => (
        <a key={name} href={links[name]}>
          {words.t(LABELS[name])}
        </a>
      ))}
    </footer>
  )
}
