import { parse } from 'tldts'
import { type Facts, STARTED, type Start } from '#lib/doctor/facts.ts'

/** One line: what was looked at, how it is, and what to set. */
export type Finding = { level: 'ok' | 'warning' | 'error'; about: string; text: string; set?: string }

/** Makes the findings of what was gathered. Pure; its table of faults is its test. */
export function findingsOf(facts: Facts): Finding[] {
  return CHECKS.flatMap(([about, check]) => {
    const found = check(facts)
    if (!found) return []
    return found.length > 0 ? found.map((finding) => ({ about, ...finding })) : [{ level: 'ok', about, text: 'fine' }]
  })
}

/** A finding as a line of text. */
export function lineOf({ level, about, text, set }: Finding): string {
  return `${level.padEnd(7)}  ${about}: ${text}${set ? `. Set ${set}` : ''}`
}

/** What is wrong; an empty list: nothing is; undefined: it cannot be told. */
type Check = (facts: Facts) => Omit<Finding, 'about'>[] | undefined

const error = (text: string, set?: string) => ({ level: 'error', text, ...(set ? { set } : {}) }) as const
const warning = (text: string, set?: string) => ({ ...error(text, set), level: 'warning' }) as const

const CHECKS: readonly [string, Check][] = [
  [
    'reachable',
    ({ notReady }) => (notReady ? [error(notReady, 'KRATOS_PUBLIC_URL or HYDRA_ADMIN_URL, or start it')] : []),
  ],
  ['PUBLIC_URL', publicUrl],
  ['opened at', openedAt],
  ['scheme and host of Kratos', kratosHost],
  ['base_url of Kratos', baseUrl],
  ['cookie domain', cookieDomain],
  ['Secure cookies', secureCookies],
  ...STARTED.map((type): [string, Check] => [`ui_url of ${type}`, (facts) => uiUrl(facts, type)]),
  ['ui_url of errors', (facts) => uiUrl(facts, 'error')],
  ['allowed return URLs', returnUrls],
  ['clock', clock],
  ['versions', versions],
]

function publicUrl({ environment: { PUBLIC_URL: ours } }: Facts) {
  if (!ours)
    return [
      warning(
        'is not set, and most of what follows cannot be checked',
        'PUBLIC_URL, such as https://login.example.org',
      ),
    ]
  const { origin, pathname } = new URL(ours)
  return pathname === '/' ? [] : [error(`has a path, and the pages are at /`, `PUBLIC_URL=${origin}`)]
}

function openedAt({ openedAt: seen, environment: { PUBLIC_URL: ours } }: Facts) {
  if (!seen || !ours) return undefined
  if (new URL(ours).origin === seen) return []
  const set = 'PUBLIC_URL, or X-Forwarded-Host and X-Forwarded-Proto at the proxy, and TRUSTED_PROXIES'
  return [warning(`this page came as ${seen}, and PUBLIC_URL is ${ours}`, set)]
}

/** Where browsers find Kratos. */
function kratosUrl({
  environment: { KRATOS_BROWSER_URL: kratos, sameOrigin, PUBLIC_URL: ours },
}: Facts): URL | undefined {
  const url = sameOrigin ? ours : kratos
  return url ? new URL(url) : undefined
}

function kratosHost(facts: Facts) {
  const { sameOrigin, PUBLIC_URL: ours } = facts.environment
  const kratos = kratosUrl(facts)
  if (!kratos || !ours || sameOrigin) return kratos && []
  const us = new URL(ours)
  if (us.protocol !== kratos.protocol) {
    return [
      error(`${us.origin} and ${kratos.origin} have two schemes: browsers keep their cookies apart`, 'both to https'),
    ]
  }
  if (us.hostname !== kratos.hostname && siteOf(us.hostname) !== siteOf(kratos.hostname)) {
    const set = 'KRATOS_BROWSER_URL=/, or give both one domain'
    return [error(`${us.hostname} and ${kratos.hostname} share no domain that a cookie can have`, set)]
  }
  return []
}

function baseUrl(facts: Facts) {
  const [kratos, action] = [kratosUrl(facts), URL.parse(facts.action ?? '')]
  if (!kratos || !action) return undefined
  if (action.origin === kratos.origin) return []
  return [
    error(
      `forms go to ${action.origin}, and browsers find Kratos at ${kratos.origin}`,
      `serve.public.base_url: ${kratos.origin}/`,
    ),
  ]
}

function cookieDomain(facts: Facts) {
  const kratos = kratosUrl(facts)
  const cookie = csrfCookie(facts)
  if (!kratos || cookie === undefined) return undefined
  const { sameOrigin, PUBLIC_URL: ours } = facts.environment
  const us = ours && !sameOrigin ? new URL(ours).hostname : undefined
  const domain = /;\s*domain=\.?([^;]+)/i.exec(cookie)?.[1]?.toLowerCase()
  if (!domain) {
    if (!us || us === kratos.hostname) return []
    return [
      error(`is ${kratos.hostname} alone, so no cookie reaches ${us}`, `cookies.domain: ${siteOf(kratos.hostname)}`),
    ]
  }
  const covers = (host: string) => host === domain || host.endsWith(`.${domain}`)
  const set = `cookies.domain: ${siteOf(kratos.hostname)}, or leave it out`
  if (isPublicSuffix(domain)) return [error(`${domain} is a public suffix: browsers refuse the cookie`, set)]
  if (!covers(kratos.hostname))
    return [error(`${domain} is not of ${kratos.hostname}: browsers refuse the cookie`, set)]
  if (us && !covers(us)) return [error(`${domain} is not of ${us}: no cookie reaches the UI`, set)]
  return []
}

function secureCookies(facts: Facts) {
  const [kratos, cookie] = [kratosUrl(facts), csrfCookie(facts)]
  if (!kratos || cookie === undefined) return undefined
  const secure = /;\s*secure(;|$)/i.test(cookie)
  const loopback = /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(kratos.hostname)
  if (secure && kratos.protocol === 'http:' && !loopback) {
    return [
      error(
        `Kratos sets Secure cookies, and browsers refuse them on ${kratos.origin}`,
        'PUBLIC_URL and serve.public.base_url to https, or start Kratos with --dev',
      ),
    ]
  }
  if (!secure && kratos.protocol === 'https:') {
    return [
      warning(
        'Kratos sets cookies without Secure on https',
        'serve.public.base_url to https, and start Kratos without --dev',
      ),
    ]
  }
  return []
}

function uiUrl({ environment, starts, forbidden }: Facts, type: (typeof STARTED)[number] | 'error') {
  const start = type === 'error' ? forbidden : starts[type]
  const to = URL.parse(start?.location ?? '')
  if (!environment.PUBLIC_URL || !start) return undefined
  const name = type === 'error' ? 'selfservice.flows.error.ui_url' : `selfservice.flows.${type}.ui_url`
  const expected = new URL(`/${type}`, environment.PUBLIC_URL)
  const set = `${name}: ${expected}`
  if (!to) return [error(`Kratos answered ${start.status} in place of leading there`, set)]
  if (to.origin + to.pathname === expected.href) return []
  if (type !== 'error' && to.searchParams.has('id') && !to.searchParams.has('flow')) {
    return [{ level: 'ok' as const, text: 'the flow is switched off' }]
  }
  return [error(`Kratos leads to ${to.origin}${to.pathname}`, set)]
}

function returnUrls({ environment: { PUBLIC_URL: ours }, backToUs, starts }: Facts) {
  if (!ours || !backToUs?.location || !starts.login?.location) return undefined
  const path = ({ location = '' }: Start) => location.split('?', 1)[0]
  if (path(backToUs) === path(starts.login)) return []
  return [
    error('Kratos does not send people back to the UI', `selfservice.allowed_return_urls: [${new URL(ours).origin}]`),
  ]
}

function clock({ clock: ahead }: Facts) {
  if (ahead === undefined) return undefined
  const seconds = Math.round(Math.abs(ahead))
  if (seconds <= 5) return []
  const text = `Kratos's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this one: codes and flows expire at the wrong time`
  return [seconds > 60 ? error(text, 'both by NTP') : warning(text, 'both by NTP')]
}

function versions({ versions: found }: Facts) {
  const text = Object.entries(found).map(([name, version]) => `${name} ${version ?? 'does not say'}`)
  const old = /^v?0\./.test(found.Kratos ?? '')
  return [
    old
      ? error(`Kratos ${found.Kratos} is too old`, 'up a Kratos of v1.0 or newer')
      : { level: 'ok' as const, text: text.join(', ') },
  ]
}

function csrfCookie({ starts }: Facts): string | undefined {
  return starts.login?.cookies.find((cookie) => cookie.startsWith('csrf_token'))
}

/** The largest domain that a cookie of this host can have. */
function siteOf(host: string): string {
  return parse(host, { allowPrivateDomains: true }).domain ?? host.split('.').slice(-2).join('.')
}

/** By the public suffix list, with what companies have put on it (github.io); names without a dot but localhost are suffixes, too. */
function isPublicSuffix(domain: string): boolean {
  return domain !== 'localhost' && parse(domain, { allowPrivateDomains: true }).publicSuffix === domain
}
