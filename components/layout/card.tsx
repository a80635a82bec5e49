import type { ReactNode } from 'react'

type Props = { title: string; wide?: boolean; children: ReactNode }

/** The card that every page is: a heading and what belongs to it. The heading is the page's title as well. */
export function Card({ title, wide = false, children }: Props) {
  return (
    <main className={wide ? 'card card-wide' : 'card'}>
      <title>{title}</title>
      <h2 className="card-title">{title}</h2>
      {children}
    </main>
  )
}
