import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { putBase } from '../../server/base-path.ts'
import { ROOT } from '../paths.ts'
import type { Target } from './targets.ts'

/** What a browser with an empty cache loads for a page: bodies as they are on the wire, with gzip, in bytes. */
export type PageBytes = {
  html: number
  css: number
  /** JavaScript of Next and React */
  nextJs: number
  /** every other JavaScript: our islands, and whatever packages they pull in */
  ownJs: number
  other: number
  total: number
  requests: number
  /** stylesheets among them */
  cssFiles: number
  ownFiles: string[]
}

/**
 * Loads a page and the files that it names.
 *
 * @throws Error when one of them is missing, or on another host
 */
export async function measureBytes(page: Target): Promise<PageBytes> {
  const headers = { ...page.headers, 'accept-encoding': 'gzip' }
  const html = await load(page.url, headers)
  // The flight data names scripts too, which the browser loads when it reads them.
  const text = await (await fetch(page.url, { headers: page.headers })).text()
  const next = nextChunks()
  const sum: PageBytes = {
    html: html.length,
    css: 0,
    nextJs: 0,
    ownJs: 0,
    other: 0,
    total: 0,
    requests: 1,
    cssFiles: 0,
    ownFiles: [],
  }
  for (const path of filesOf(text)) {
    const url = new URL(path, page.url)
    if (url.origin !== new URL(page.url).origin) throw new Error(`The page loads ${url.href} from another host`)
    const { length } = await load(url.href, { 'accept-encoding': 'gzip' })
    sum.requests++
    if (path.endsWith('.css')) {
      sum.css += length
      sum.cssFiles++
    } else if (!path.endsWith('.js')) sum.other += length
    else if (next.has(path)) sum.nextJs += length
    else {
      sum.ownJs += length
      sum.ownFiles.push(path)
    }
  }
  sum.total = sum.html + sum.css + sum.nextJs + sum.ownJs + sum.other
  return sum
}

/** The files that a page makes today's browsers load. `nomodule` scripts are for browsers that we do not support. */
function filesOf(html: string): string[] {
  const files = new Set<string>()
  const tags = html.replace(/<script\b[^>]*\bnomodule\b[^>]*>/gi, '')
  for (const [tag] of tags.matchAll(/<(?:script|link|img)\b[^>]*>/g)) {
    if (tag.startsWith('<link') && !/\srel="[^"]*(?:stylesheet|preload|icon|manifest)/.test(tag)) continue
    const url = /\s(?:src|href)="([^"]+)"/.exec(tag)?.[1]
    if (url && !url.startsWith('data:')) files.add(url.replaceAll('&amp;', '&'))
  }
  for (const [path] of tags.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g)) files.add(path)
  return [...files]
}

/** The chunks with code of Next and React alone, by the manifests of the build; any other counts as ours. */
function nextChunks(): Set<string> {
  const build = JSON.parse(readFileSync(join(ROOT, '.next', 'build-manifest.json'), 'utf8')) as BuildManifest
  const chunks = new Set([...build.rootMainFiles, ...build.polyfillFiles].map((path) => `/_next/${path}`))
  // A chunk that our modules share with Next's own is Next's: it would be there without us.
  for (const [module, reference] of Object.entries(clientModules('login'))) {
    if (module.includes('/node_modules/next/')) for (const path of reference.chunks) chunks.add(path)
  }
  return chunks
}

/**
 * The ids of the client components of our own that a page of the build may name.
 *
 * @param page its folder in app/
 */
export function ownClientModules(page: string): Set<string> {
  const own = Object.entries(clientModules(page)).filter(([module]) => !module.includes('/node_modules/'))
  return new Set(own.map(([, { id }]) => String(id)))
}

function clientModules(page: string): ClientReferences['clientModules'] {
  const file = join(ROOT, '.next', 'server', 'app', page, 'page_client-reference-manifest.js')
  const [, json = ''] = /\] = (\{.*\});?\s*$/s.exec(putBase(readFileSync(file, 'utf8'), '')) ?? []
  return (JSON.parse(json) as ClientReferences).clientModules
}

type BuildManifest = { rootMainFiles: string[]; polyfillFiles: string[] }
type ClientReferences = { clientModules: Record<string, { id: number | string; chunks: string[] }> }

function load(url: string, headers: Record<string, string>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks))
        else reject(new Error(`${url} answered ${answer.statusCode}, expected 200`))
      })
    }).on('error', reject)
  })
}
