import type { ReactNode } from 'react'

/** A sentence of our own above a form: something happened, or there is another way on. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="notice" role="status">
      {children}
    </div>
  )
}
