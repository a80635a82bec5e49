import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { IslandBoundary } from '#components/islands/island-boundary.tsx'
import { BrandName } from '#components/layout/brand-name.tsx'
import { PageFooter } from '#components/layout/page-footer.tsx'
import { DEFAULT_POLICY } from '#lib/trusted-types.ts'
import { getBrand } from './brand.ts'
import { getTarget } from './target.ts'
import { getTheme } from './theme.ts'
import { getWords } from './words.ts'
import './globals.css'

export const metadata: Metadata = {
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every route is rendered for its request: the nonce of the CSP is in its headers, and so is the language.
  const [brand, words, target, theme] = [await getBrand(), await getWords(), await getTarget(), await getTheme()]
  return (
    <html lang={words.locale} dir={words.dir} data-theme={theme}>
      <head>
        <script>{DEFAULT_POLICY}</script>
      </head>
      <body data-testid="app-express">
        <header className="brand">
          <h1>
            <BrandName brand={brand} theme={theme} />
          </h1>
        </header>
        {children}
        <IslandBoundary />
        <PageFooter links={brand.links} target={target} words={words} />
      </body>
    </html>
  )
}
