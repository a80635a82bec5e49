'use client'

import './globals.css'
import PageError from './error.tsx'

/** A bug in the root layout itself. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body data-testid="app-express">
        <PageError />
      </body>
    </html>
  )
}
