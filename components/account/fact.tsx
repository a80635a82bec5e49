import type { ReactNode } from 'react'
import type { Words } from '#lib/i18n/index.ts'

/** A line of a list of facts. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** A point in time as a fact; nothing when it is not known. */
export function TimeFact({ label, at, words }: { label: string; at: string | undefined; words: Words }) {
  if (!at) return null
  return (
    <Fact label={label}>
      <time dateTime={at}>{words.date(at)}</time>
    </Fact>
  )
}
