import type { BrandView } from '#lib/branding/branding-file.ts'

/** The way home under the name or the logo of the brand, with the style sheet and the icon of the brand. */
export function BrandName({ brand: { name, logo, favicon, stylesheet } }: { brand: BrandView }) {
  return (
    <>
      {/* React puts both into the head; the precedence makes the page wait for the colours, so that none change. */}
      {stylesheet && <link rel="stylesheet" href={stylesheet} precedence="brand" />}
      {favicon && <link rel="icon" href={favicon} />}
      <a href="/">{logo ? <Logo name={name} logo={logo} /> : name}</a>
    </>
  )
}

function Logo({ name, logo }: { name: string; logo: NonNullable<BrandView['logo']> }) {
  return (
    <picture>
      {logo.dark && <source srcSet={logo.dark} media="(prefers-color-scheme: dark)" />}
      <img src={logo.light} alt={name} />
    </picture>
  )
}
