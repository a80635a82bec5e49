import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { env } from '#lib/env.ts'
import { getWords } from '#lib/i18n/index.ts'
import './globals.css'

export const metadata: Metadata = {
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every route is rendered for its request: the nonce of the CSP is in its headers.
  await headers()
  const { locale, dir } = getWords()
  return (
    <html lang={locale} dir={dir}>
      <body data-testid="app-express">
        <header className="brand">
          <h1>
            <a href="/">{env().PROJECT_NAME}</a>
          </h1>
        </header>
        {children}
      </body>
    </html>
  )
}
