import { parse } from 'tldts'
import { type Facts, STARTED } from '#lib/doctor/facts.ts'

/** How it is, in words, and what to set. */
type Found = readonly [level: 'ok' | 'warning' | 'error', text: string, set?: string]

/** One line: what was looked at, and what was found. */
export type Finding = readonly [about: string, ...Found]

/** Makes the findings of what was gathered. Pure; its table of faults is its test. */
export function findingsOf(facts: Facts): Finding[] {
  const setup = setupOf(facts)
  return CHECKS.flatMap(([about, check]): Finding[] => {
    const found = check(setup)
    return found ? [[about, ...found]] : []
  })
}

/** A finding as a line of text. */
export function lineOf([about, level, text, set]: Finding): string {
  return `${level.padEnd(7)}  ${about}: ${text}${set ? `. Set ${set}` : ''}`
}

type Setup = ReturnType<typeof setupOf>

/** What several checks look at: where browsers find us and Kratos, and Kratos's CSRF cookie. */
function setupOf(gathered: Facts) {
  const { environment, notReady, openedAt, versions } = gathered
  // What is not ready, or not Kratos's public API, says nothing of how Kratos is set up.
  const facts: Facts = notReady.Kratos ? { environment, notReady, openedAt, versions, starts: {} } : gathered
  const { PUBLIC_URL, BASE_PATH, KRATOS_BROWSER_URL, sameOrigin } = environment
  const ours = URL.parse(`${BASE_PATH}/`, PUBLIC_URL ?? '') ?? undefined
  const kratos = sameOrigin ? ours : new URL(KRATOS_BROWSER_URL)
  return { ...facts, ours, kratos, cookie: facts.starts.login?.cookies.find((one) => one.startsWith('csrf_token')) }
}

/** Where one is: a URL without its last slash, Kratos's own path, and the credentials and the query that it can have. */
const placeOf = ({ origin, pathname }: URL) => origin + pathname.replace(/\/(self-service\/.*)?$/, '')

const FINE: Found = ['ok', 'fine']
type Check = (setup: Setup) => Found | undefined

/** In the order of the lines. What cannot be told gives undefined, and no line. */
const CHECKS: readonly [string, Check][] = [
  ['reachable', ({ environment: e, notReady }) => reachable('KRATOS_PUBLIC_URL', e.KRATOS_PUBLIC_URL, notReady.Kratos)],
  ['Hydra reachable', ({ environment: e, notReady }) => reachable('HYDRA_ADMIN_URL', e.hydraAdminUrl, notReady.Hydra)],
  ['PUBLIC_URL', publicUrl],
  ['opened at', openedAt],
  ['scheme and host of Kratos', kratosHost],
  ['base_url of Kratos', baseUrl],
  ['cookie domain', cookieDomain],
  ['Secure cookies', secureCookies],
  ...[...STARTED, 'error' as const].map((type): [string, Check] => [`ui_url of ${type}`, (all) => uiUrl(all, type)]),
  ['allowed return URLs', returnUrls],
  ['clock', clock],
  ['versions', versions],
]

function reachable(variable: string, url: string | undefined, why: string | undefined): Found | undefined {
  if (!url || !why) return url ? FINE : undefined
  const text = `${why} at ${placeOf(new URL(url))}`
  // There, public paths are redirected to where they stand below /admin.
  const isAdmin = /^Kratos answered 3\d\d /.test(why)
  if (isAdmin) return ['error', `${text}, which looks like its admin API`, `${variable} to its public one`]
  return ['error', text, `${variable}, or start it`]
}

function publicUrl({ environment, ours }: Setup): Found {
  const example = 'PUBLIC_URL, such as https://login.example.org'
  if (!ours) return ['warning', 'is not set, and most of what follows cannot be checked', example]
  const text = `has a path, and ${environment.BASE_PATH ? 'that of the pages is in BASE_PATH' : 'the pages are at /'}`
  return URL.parse(environment.PUBLIC_URL ?? '')?.pathname === '/' ? FINE : ['error', text, `PUBLIC_URL=${ours.origin}`]
}

function openedAt({ openedAt: seen, ours }: Setup): Found | undefined {
  if (!seen || !ours) return undefined
  const set = 'PUBLIC_URL, or X-Forwarded-Host and X-Forwarded-Proto at the proxy, and TRUSTED_PROXIES'
  return seen === ours.origin ? FINE : ['warning', `this page came as ${seen}, and PUBLIC_URL is ${ours.origin}`, set]
}

function kratosHost({ environment, ours, kratos }: Setup): Found | undefined {
  if (!kratos || !ours) return undefined
  if (environment.sameOrigin) return FINE
  const schemes = `${ours.origin} and ${kratos.origin} have two schemes: browsers keep their cookies apart`
  if (ours.protocol !== kratos.protocol) return ['error', schemes, 'both to https']
  if (ours.hostname === kratos.hostname || siteOf(ours.hostname) === siteOf(kratos.hostname)) return FINE
  const text = `${ours.hostname} and ${kratos.hostname} share no domain that a cookie can have`
  return ['error', text, 'KRATOS_BROWSER_URL=/, or give both one domain']
}

function baseUrl({ kratos, action }: Setup): Found | undefined {
  const to = URL.parse(action ?? '')
  if (!kratos || !to) return undefined
  const [base, expected] = [placeOf(to), placeOf(kratos)]
  const text = `forms go to ${base}, and browsers find Kratos at ${expected}`
  return base === expected ? FINE : ['error', text, `serve.public.base_url: ${expected}/`]
}

function cookieDomain({ environment, ours, kratos, cookie }: Setup): Found | undefined {
  if (!kratos || cookie === undefined) return undefined
  const us = environment.sameOrigin ? kratos.hostname : (ours?.hostname ?? kratos.hostname)
  const site = siteOf(kratos.hostname)
  const domain = /;\s*domain=\.?([^;]+)/i.exec(cookie)?.[1]?.toLowerCase()
  const alone = `is ${kratos.hostname} alone, so no cookie reaches ${us}`
  if (!domain) return us === kratos.hostname ? FINE : ['error', alone, `cookies.domain: ${site}`]
  const covers = (host: string) => host === domain || host.endsWith(`.${domain}`)
  const set = `cookies.domain: ${site}, or leave it out`
  if (isPublicSuffix(domain)) return ['error', `${domain} is a public suffix: browsers refuse the cookie`, set]
  if (!covers(kratos.hostname))
    return ['error', `${domain} is not of ${kratos.hostname}: browsers refuse the cookie`, set]
  return covers(us) ? FINE : ['error', `${domain} is not of ${us}: no cookie reaches the UI`, set]
}

function secureCookies({ kratos, cookie }: Setup): Found | undefined {
  if (!kratos || cookie === undefined) return undefined
  const [secure, https] = [/;\s*secure(;|$)/i.test(cookie), kratos.protocol === 'https:']
  const set = 'serve.public.base_url to https, and start Kratos without --dev'
  if (https) return secure ? FINE : ['warning', 'Kratos sets cookies without Secure on https', set]
  // Browsers take loopback for secure.
  if (!secure || /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(kratos.hostname)) return FINE
  const text = `Kratos sets Secure cookies, and browsers refuse them on ${kratos.origin}`
  return ['error', text, 'PUBLIC_URL and serve.public.base_url to https, or start Kratos with --dev']
}

function uiUrl({ ours, starts, forbidden }: Setup, type: (typeof STARTED)[number] | 'error'): Found | undefined {
  const start = type === 'error' ? forbidden : starts[type]
  if (!ours || !start) return undefined
  const to = URL.parse(start.location ?? '')
  const expected = `${placeOf(ours)}/${type}`
  const set = `selfservice.flows.${type}.ui_url: ${expected}`
  if (!to) return ['error', `Kratos answered ${start.status} in place of leading there`, set]
  if (to.origin + to.pathname === expected) return FINE
  const isOff = type !== 'error' && to.searchParams.has('id') && !to.searchParams.has('flow')
  return isOff ? ['ok', 'the flow is switched off'] : ['error', `Kratos leads to ${to.origin}${to.pathname}`, set]
}

function returnUrls({ ours, backToUs, starts }: Setup): Found | undefined {
  const [back, login] = [backToUs, starts.login].map((start) => start?.location?.split('?', 1)[0])
  if (!ours || !back || !login) return undefined
  const set = `selfservice.allowed_return_urls: [${placeOf(ours)}]`
  return back === login ? FINE : ['error', 'Kratos does not send people back to the UI', set]
}

function clock({ clock: ahead }: Setup): Found | undefined {
  if (ahead === undefined) return undefined
  const seconds = Math.round(Math.abs(ahead))
  if (seconds <= 5) return FINE
  const text = `Kratos's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this one: codes and flows expire at the wrong time`
  return [seconds > 60 ? 'error' : 'warning', text, 'both by NTP']
}

function versions({ versions: found }: Setup): Found {
  const old = /^v?0\./.test(found.Kratos ?? '')
  if (old) return ['error', `Kratos ${found.Kratos} is too old`, 'up a Kratos of v1.0 or newer']
  const text = Object.entries(found).map(([name, version]) => `${name} ${version ?? 'does not say'}`)
  return ['ok', text.join(', ')]
}

/** The largest domain that a cookie of this host can have. */
function siteOf(host: string): string {
  return parse(host, { allowPrivateDomains: true }).domain ?? host.split('.').slice(-2).join('.')
}

/** By the public suffix list, with what companies have put on it (github.io). A name without a dot is a suffix as well. */
function isPublicSuffix(domain: string): boolean {
  return domain !== 'localhost' && parse(domain, { allowPrivateDomains: true }).publicSuffix === domain
}
