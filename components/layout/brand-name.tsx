import type { BrandView } from '#lib/branding/branding-file.ts'

type Props = { brand: BrandView; theme: 'light' | 'dark' | undefined }

/** The way home under the name or the logo of the brand, with its style sheet and icon, in the theme that was chosen. */
export function BrandName({ brand: { name, logo, favicon, stylesheet }, theme }: Props) {
  return (
    <>
      {/* React puts both into the head; the precedence makes the page wait for the colours, so that none change. */}
      {stylesheet && <link rel="stylesheet" href={stylesheet} precedence="brand" />}
      {favicon && <link rel="icon" href={favicon} />}
      <a href="/">{logo ? <Logo name={name} logo={logo} theme={theme} /> : name}</a>
    </>
  )
}

function Logo({ logo, name, theme }: Pick<Props, 'theme'> & { logo: NonNullable<BrandView['logo']>; name: string }) {
  const media = theme ? undefined : '(prefers-color-scheme: dark)'
  return (
    <picture>
      {logo.dark && theme !== 'light' && <source srcSet={logo.dark} media={media} />}
      <img src={logo.light} alt={name} />
    </picture>
  )
}
