import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { brandCss, contrastProblems } from '#lib/branding/brand-css.ts'
import { type BrandFor, chooseBrand, completeBrand } from '#lib/branding/choose-brand.ts'
import { type Brand, type Branding, BrandingError, parseBranding } from '#lib/branding/schema.ts'

/** The largest picture, in bytes: it is kept in memory, and phones have to load it. */
const MAX_FILE = 512 * 1024
/** How often the file is looked at, in ms. */
const INTERVAL = 1000

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

/** A file that browsers get: a picture or a style sheet of a brand. */
export type BrandAsset = { type: string; bytes: Buffer }

/** A brand as a page shows it: names of files are URLs of ours. */
export type BrandView = {
  name: string
  logo?: { light: string; dark?: string }
  favicon?: string
  stylesheet?: string
  links: NonNullable<Brand['links']>
  texts: NonNullable<Brand['texts']>
}

/** A branding that is ready to be served. */
export type LoadedBranding = {
  brandOf: (asked: BrandFor) => BrandView
  /** by the last part of its URL, `/brand/<name>` */
  assets: ReadonlyMap<string, BrandAsset>
  /** what can be used but should be mended, one line each */
  warnings: readonly string[]
}

/**
 * Loads a branding file with the pictures that it names, which stand beside it.
 *
 * @param projectName the name where the file gives none
 * @throws BrandingError when it cannot be read or used: one line, which names the file
 */
export function loadBranding(path: string, projectName: string): LoadedBranding {
  try {
    return prepare(parseBranding(read(path).toString('utf8')), dirname(path), projectName)
  } catch (error) {
    if (error instanceof BrandingError) throw new BrandingError(`BRANDING_FILE: found ${path}: ${error.message}`)
    throw error
  }
}

/**
 * Loads a branding file, and again whenever it changes. A file that has become unusable changes nothing. Warnings of the
 * first time are the caller's to tell.
 *
 * @param projectName the name where the file gives none
 * @param tell gets one line for each warning, and for a change that cannot be used
 * @returns what gives the newest branding
 * @throws BrandingError as {@link loadBranding} does, the first time
 */
export function watchBranding(path: string, projectName: string, tell: (line: string) => void): () => LoadedBranding {
  let seen = changedAt(path)
  let loaded = loadBranding(path, projectName)
  let own = loaded.assets
  // Looked at again and again: notifications get lost on the network and overlay file systems of containers.
  const timer = setInterval(() => {
    const now = changedAt(path)
    if (now === seen) return
    seen = now
    try {
      const next = loadBranding(path, projectName)
      // Pages that are open still ask for the files of before.
      loaded = { ...next, assets: new Map([...own, ...next.assets]) }
      own = next.assets
      next.warnings.forEach(tell)
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error))
    }
  }, INTERVAL)
  timer.unref()
  return () => loaded
}

function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

function prepare(branding: Branding, folder: string, projectName: string): LoadedBranding {
  const assets = new Map<string, BrandAsset>()
  const add = (bytes: Buffer, extension: string): string => {
    const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}${extension}`
    assets.set(name, { type: TYPES[extension] ?? 'application/octet-stream', bytes })
    return `/brand/${name}`
  }
  const warnings: string[] = []
  const picture = (name: string) => add(read(join(folder, name)), extname(name))
  const viewOf = (brand: Brand): BrandView => {
    const css = brandCss(brand)
    const name = brand.name ?? projectName
    warnings.push(...contrastProblems(brand).map((problem) => `BRANDING_FILE: ${name}: ${problem}`))
    return {
      name,
      ...(brand.logo && {
        logo: { light: picture(brand.logo.light), ...(brand.logo.dark && { dark: picture(brand.logo.dark) }) },
      }),
      ...(brand.favicon && { favicon: picture(brand.favicon) }),
      ...(css && { stylesheet: add(Buffer.from(css), '.css') }),
      links: brand.links ?? {},
      texts: brand.texts ?? {},
    }
  }
  const standard = viewOf(completeBrand(branding, undefined))
  const others = new Map((branding.brands ?? []).map((own) => [own, viewOf(completeBrand(branding, own))]))
  const brandOf = (asked: BrandFor): BrandView => {
    const own = chooseBrand(branding, asked)
    return (own && others.get(own)) ?? standard
  }
  return { brandOf, assets, warnings }
}

function read(path: string): Buffer {
  try {
    if (statSync(path).size > MAX_FILE) throw new BrandingError(`${path} is larger than 512 KiB`)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof BrandingError) throw error
    throw new BrandingError(`${path} cannot be read`)
  }
}
