'use client'

import './globals.css'

/**
 * A bug of ours, with JavaScript. In English only: a client component cannot load the catalogue of the request. There is no
 * error.tsx besides: its script, where it did not arrive, would take a whole page away that works without it.
 */
export default function GlobalError() {
  return (
    <html lang="en">
      <body data-testid="app-express">
        <main className="card">
          <h2 className="card-title">Something went wrong</h2>
          <p>This is our mistake, not yours. Please try again.</p>
          <a className="button button-primary" href="/">
            Home
          </a>
        </main>
      </body>
    </html>
  )
}
