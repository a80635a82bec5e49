'use client'

/** A bug of ours, with JavaScript. In English only: a client component cannot load the catalogue of the request. */
export default function PageError() {
  return (
    <main className="card">
      <h2 className="card-title">Something went wrong</h2>
      <p>This is our mistake, not yours. Please try again.</p>
      <a className="button button-primary" href="/">
        Home
      </a>
    </main>
  )
}
