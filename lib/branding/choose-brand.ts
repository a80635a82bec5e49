import type { Brand, Branding } from '#lib/branding/schema.ts'

/** One of the other brands of a branding file. */
export type OwnBrand = NonNullable<Branding['brands']>[number]
type Texts = Brand['texts']

/** What a request is for, as far as it is known. */
export type BrandFor = {
  /** the host that the browser asked for, with its port if it has one */
  host?: string | undefined
  /** the OAuth2 client */
  client?: string | undefined
  organization?: string | undefined
}

/**
 * The brand of a request: the one of the OAuth2 client, else of the organization, else of the host. The host may be
 * anybody's word: it only chooses among what the operator has written.
 *
 * @returns undefined where the default holds
 */
export function chooseBrand({ brands = [] }: Branding, asked: BrandFor): OwnBrand | undefined {
  const { host = '', client, organization } = asked
  return (
    brands.find(({ clients }) => client && clients?.includes(client)) ??
    brands.find(({ organizations }) => organization && organizations?.includes(organization)) ??
    brands.find(({ hosts }) => hosts?.includes(host) || hosts?.includes(host.replace(/:\d+$/, '')))
  )
}

/** A brand, with the default for each field that it leaves out; links and texts are merged one by one. */
export function completeBrand({ brands: _, ...standard }: Branding, own: OwnBrand | undefined): Brand {
  return {
    ...standard,
    ...own,
    links: { ...standard.links, ...own?.links },
    texts: mergeTexts(standard.texts, own?.texts),
  }
}

function mergeTexts(standard: Texts = {}, own: Texts = {}): Texts {
  const locales = new Set([...Object.keys(standard), ...Object.keys(own)])
  return Object.fromEntries([...locales].map((locale) => [locale, { ...standard[locale], ...own[locale] }]))
}
