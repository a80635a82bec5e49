import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { LOCALES } from '../lib/i18n/locales.ts'
import { allStates, type State } from './support/states.ts'

// Every state on one page, for whoever works on the look. The UI lets nobody frame it, so this server fetches its pages and
// hands them on: as they are without scripts, in a theme and a language of choice. For development only.

const WIDTHS = { '320': 'narrow phone', '390': 'phone', '768': 'tablet', '1280': 'desktop' }
const THEMES = { light: 'light', dark: 'dark' }
const KINDS = Object.fromEntries(['all', ...allStates().map(({ kind }) => kind)].map((kind) => [kind, kind]))
const HEIGHT = 760

type Choice = { kind: string; theme: string; locale: string; width: string }

/**
 * Makes the server.
 *
 * @param uiUrl the UI's origin, on the stub; no slash at the end
 * @returns a server that does not listen yet
 */
export function createGallery(uiUrl: string): Server {
  return createServer((request, response) => {
    answer(uiUrl, request, response).catch((error: Error) => {
      response.writeHead(502, { 'Content-Type': 'text/plain' }).end(`The UI does not answer: ${error.message}`)
    })
  })
}

async function answer(uiUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const choice = choose(url.searchParams)
  const state = allStates().find(({ name }) => url.pathname === `/states/${name}`)
  if (url.pathname === '/') return html(response, index(uiUrl, choice))
  if (state) return html(response, await preview(uiUrl, state, choice))
  // Style sheets, icons and pictures of those pages.
  const file = await fetch(uiUrl + url.pathname + url.search)
  response.writeHead(file.status, { 'Content-Type': file.headers.get('content-type') ?? '' })
  response.end(Buffer.from(await file.arrayBuffer()))
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(body)
}

/** Only what is offered, whatever the URL says. */
function choose(query: URLSearchParams): Choice {
  const one = (name: string, offered: object, otherwise: string) => {
    const value = query.get(name) ?? otherwise
    return Object.hasOwn(offered, value) ? value : otherwise
  }
  return {
    kind: one('kind', KINDS, 'all'),
    theme: one('theme', THEMES, 'light'),
    locale: one('locale', LOCALES, 'en'),
    width: one('width', WIDTHS, '390'),
  }
}

/** A page of the UI as a frame can show it. What waits for a script is shown: with scripts, it would be. */
async function preview(uiUrl: string, state: State, { locale, theme }: Choice): Promise<string> {
  const Cookie = state.signedIn ? 'stub_session=recorded' : ''
  const page = await fetch(uiUrl + state.path, { headers: { 'Accept-Language': locale, Cookie } })
  return (await page.text())
    .replace('<html ', `<html data-theme="${theme}" `)
    .replaceAll(/<noscript>.*?<\/noscript>|<script\b.*?<\/script>/gs, '')
    .replaceAll(/<[^>]*\bdata-(?:needs-script|reveal)\b[^>]*>/g, (tag) => tag.replace(' hidden=""', ''))
}

function index(uiUrl: string, choice: Choice): string {
  const shown = allStates().filter(({ kind }) => choice.kind === 'all' || choice.kind === kind)
  const width = Number(choice.width)
  const scale = Math.min(1, 480 / width)
  return `<!doctype html>
<html lang="en">
<title>Gallery</title>
<meta name="viewport" content="width=device-width">
<style>
  body { margin: 1.5rem; color: #222; background: #ddd; font: 15px/1.5 system-ui, sans-serif; }
  form, main { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: end; }
  form { margin-block-end: 1.5rem; }
  figure { margin: 0; }
  figure div { width: ${width * scale}px; height: ${HEIGHT * scale}px; overflow: hidden; background: #fff; }
  iframe { width: ${width}px; height: ${HEIGHT}px; border: 0; scale: ${scale}; transform-origin: 0 0; }
</style>
<h1>${shown.length} states</h1>
<form>
  ${select('kind', KINDS, choice.kind)} ${select('theme', THEMES, choice.theme)}
  ${select('locale', LOCALES, choice.locale)} ${select('width', WIDTHS, choice.width)}
  <button>Show</button>
  <span>The name of a state leads to the page itself, in the language that your browser asks for.</span>
</form>
<main>${shown.map((state) => figure(uiUrl, state, choice)).join('\n')}</main>
</html>`
}

function figure(uiUrl: string, { name, path, signedIn }: State, choice: Choice): string {
  const link = signedIn ? `${uiUrl}/self-service/stub/sign-in?to=${encodeURIComponent(path)}` : uiUrl + path
  const source = `/states/${name}?theme=${choice.theme}&amp;locale=${choice.locale}`
  return `<figure>
  <figcaption><a href="${link}">${name}</a></figcaption>
  <div><iframe src="${source}" title="${name}" loading="lazy" sandbox inert></iframe></div>
</figure>`
}

function select(name: string, offered: Readonly<Record<string, string>>, chosen: string): string {
  const options = Object.entries(offered).map(
    ([value, text]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${text}</option>`,
  )
  return `<label>${name} <select name="${name}">${options.join('')}</select></label>`
}
