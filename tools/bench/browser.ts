import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium } from '../browser/find-chromium.ts'
import { type Figure, figureOf, isNoisy } from './statistics.ts'
import type { MeasuredUi, Visitor } from './targets.ts'

// What a browser sees of the login page, by the DevTools protocol; beside it a static file of the page's size.

/** How a page is opened. */
export type Setting = { page: 'login page' | 'static file'; phone: boolean; javaScript: boolean; warm: boolean }

/**
 * What was measured, one figure each. Bytes are those on the wire, by kind; times are in ms from the navigation on. `visible`
 * is the first paint that has content: HTML comes whole, so the form is in it. `usable` is when the form can be filled in and
 * sent, which a native form can be as soon as it is seen. `inp` is what a click into the first field took to be painted (at
 * least 16, which is the least that Chromium tells). Undefined where a browser without JavaScript does not say.
 */
export type BrowserRow = { setting: Setting; figures: Readonly<Record<string, Figure | undefined>> }

/** A middling phone on a slow line: what design.md's budget of 500 ms is about. */
const PHONE = { cpu: 4, latency: 150, download: 1_600_000 / 8, upload: 750_000 / 8 }

/**
 * Opens the login page in every setting, in turn, as often as there are rounds.
 *
 * @param options the UI, a visitor's flow and cookies, how many rounds, what gets a line
 */
export async function measureBrowser(options: {
  ui: MeasuredUi
  visitor: Visitor
  rounds: number
  log: (line: string) => void
}): Promise<BrowserRow[]> {
  const { ui, visitor, rounds, log } = options
  const executablePath = await findChromium({ log })
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
  const browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) })
  const login = `${ui.url}/login?flow=${visitor.login}`
  const file = await serveStatic(await bytesOf(login, visitor.cookies.anonymous))
  const urls = { 'login page': login, 'static file': `http://localhost:${(file.address() as AddressInfo).port}/` }
  const [both, settings] = [[false, true], [] as Setting[]]
  for (const page of ['login page', 'static file'] as const) {
    for (const phone of both) {
      // The static file has no script, so that there is nothing to turn off.
      for (const javaScript of page === 'login page' ? both : [true]) {
        for (const warm of both) settings.push({ page, phone, javaScript, warm })
      }
    }
  }
  const samples = settings.map(() => [] as Sample[])
  for (let round = 0; round < rounds; round++) {
    log(`Browser, round ${round + 1} of ${rounds}`)
    for (const [index, setting] of settings.entries()) {
      samples[index]?.push(await open(browser, setting, urls[setting.page], visitor.cookies.anonymous))
    }
  }
  await browser.close()
  file.close()
  return settings.map((setting, index) => ({ setting, figures: sumUp(samples[index] ?? []) }))
}

type Sample = Readonly<Record<string, number>>

function sumUp(samples: readonly Sample[]): Record<string, Figure | undefined> {
  const kinds = [...new Set(samples.flatMap(Object.keys))]
  return Object.fromEntries(
    kinds.map((kind) => [kind, figureOf(samples.map((sample) => sample[kind] ?? 0).filter(Number.isFinite))]),
  )
}

async function open(browser: Browser, setting: Setting, url: string, cookie: string): Promise<Sample> {
  const context = await browser.newContext({ javaScriptEnabled: setting.javaScript, locale: 'en' })
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
  await context.addCookies(cookies)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  if (setting.warm) {
    await page.goto(url, { waitUntil: 'networkidle' })
    await page.goto('about:blank')
  }
  if (setting.phone) await slowDown(session)
  const wire = await countBytes(session)
  await page.goto(url, { waitUntil: 'networkidle' })
  const times = await readTimes(page, setting.page === 'login page')
  await context.close()
  return { ...wire(), ...times }
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: PHONE.cpu })
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: PHONE.latency,
    downloadThroughput: PHONE.download,
    uploadThroughput: PHONE.upload,
  })
}

const KINDS: Readonly<Record<string, string>> = { Document: 'html', Stylesheet: 'css', Script: 'js' }

/** Counts what comes over the wire from now on, headers included; what the cache has costs nothing. */
async function countBytes(session: CDPSession): Promise<() => Record<string, number>> {
  const sum: Record<string, number> = { html: 0, css: 0, js: 0, other: 0, total: 0, requests: 0 }
  const kinds = new Map<string, string>()
  const add = (kind: string, bytes: number) => {
    sum[kind] = (sum[kind] ?? 0) + bytes
  }
  const cached = new Set<string>()
  session.on('Network.requestWillBeSent', ({ requestId, type }) => kinds.set(requestId, KINDS[type ?? ''] ?? 'other'))
  session.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId))
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache) cached.add(requestId)
    if (!cached.has(requestId)) add('requests', 1)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (cached.has(requestId)) return
    add(kinds.get(requestId) ?? 'other', encodedDataLength)
    add('total', encodedDataLength)
  })
  await session.send('Network.enable')
  return () => sum
}

/** What the browser has noted by itself: it tells it afterwards as well, and with JavaScript off. */
async function readTimes(page: Page, clicks: boolean): Promise<Record<string, number>> {
  if (clicks) await page.locator('input[name="identifier"]').click()
  return page.evaluate(async () => {
    const entries = (type: string, more: object = {}) =>
      new Promise<PerformanceEntry[]>((resolve) => {
        const found: PerformanceEntry[] = []
        new PerformanceObserver((list) => found.push(...list.getEntries())).observe({ type, buffered: true, ...more })
        setTimeout(() => resolve(found), 300)
      })
    const [paint, largest, shifts, events] = await Promise.all([
      entries('paint'),
      entries('largest-contentful-paint'),
      entries('layout-shift'),
      entries('event', { durationThreshold: 16 }),
    ])
    const visible = paint.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? Number.NaN
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return {
      visible,
      usable: visible,
      lcp: largest.at(-1)?.startTime ?? Number.NaN,
      cls: shifts.reduce((sum, shift) => sum + (shift as PerformanceEntry & { value: number }).value, 0),
      inp: Math.max(16, ...events.map(({ duration }) => duration)),
      loaded: navigation?.loadEventEnd ?? Number.NaN,
    }
  })
}

/** How long the page's HTML is on the wire. */
async function bytesOf(url: string, cookie: string): Promise<number> {
  const answer = await fetch(url, { headers: { cookie } })
  return gzipSync(Buffer.from(await answer.arrayBuffer())).length
}

/** A file with a form and nothing to run, as long on the wire as the page. */
async function serveStatic(bytes: number): Promise<Server> {
  const form = '<form><h1>Sign in</h1><input name="identifier"><input type="password"><button>Sign in</button></form>'
  const head =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title><link rel="icon" href="data:,">'
  // Every character is one that gzip cannot do much about.
  let padding = ''
  for (let seed = 1; gzipSync(head + form + padding).length < bytes; seed++) {
    padding += `<!--${((seed * 2654435761) % 4294967296).toString(36)}${((seed * 40503) % 65536).toString(36)}-->`
  }
  const body = gzipSync(head + form + padding)
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip', 'Content-Length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** The figures as a table for a terminal. */
export function browserTable(rows: readonly BrowserRow[]): string {
  const show = (figure: Figure | undefined, digits: number) => {
    if (!figure) return '-'
    return `${figure.median.toFixed(digits)}${figure.median > 0 && isNoisy(figure) ? '?' : ''}`
  }
  const columns = ['html', 'css', 'js', 'total', 'requests', 'visible', 'usable', 'lcp', 'cls', 'inp', 'loaded']
  const head = ['', ...columns]
  const lines = rows.map(({ setting: { page, phone, javaScript, warm }, figures }) => [
    [page, phone ? 'slow phone' : 'plain', javaScript ? '' : 'no JavaScript', warm ? 'warm' : 'cold']
      .filter(Boolean)
      .join(', '),
    ...columns.map((column) => show(figures[column], column === 'cls' ? 3 : 0)),
  ])
  const all = [head, ...lines]
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)))
  const table = all.map((line) =>
    line
      .map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  '),
  )
  return `${table.join('\n')}\nBytes on the wire with headers; times in ms; ? stands for too noisy to tell.`
}
