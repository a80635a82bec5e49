/** One kind of request that is measured. */
export type Target = {
  name: string
  url: string
  headers: Record<string, string>
  /** the status of a good answer */
  status: number
}

/** Every target by its name. */
export type Targets = Record<'page' | 'bare' | 'redirect' | 'alive' | 'pass' | 'kratos', Target>

/** What browsers send with a navigation. Compression is part of what a page view costs. */
const NAVIGATION = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'none' }

/**
 * Starts a login flow as a browser does, and makes the targets with its id and cookies.
 *
 * @param uiUrl the UI
 * @param kratosUrl Kratos's public API
 * @throws Error when the way to the login page is not the expected one
 */
export async function makeTargets(uiUrl: string, kratosUrl: string): Promise<Targets> {
  const started = await follow(`${uiUrl}/login`, '')
  const created = await follow(started.location, started.cookie)
  const cookie = [started.cookie, created.cookie].filter(Boolean).join('; ')
  const page = new URL(created.location)
  const id = page.searchParams.get('flow')
  if (page.pathname !== '/login' || !id || !/csrf_token/.test(cookie) || !/ksui_start_login/.test(cookie)) {
    throw new Error(`${uiUrl}/login leads to ${page.pathname}, with the cookies ${cookie.replace(/=[^;]*/g, '')}`)
  }
  const call = `/self-service/login/flows?id=${id}`
  const [view, json] = [
    { ...NAVIGATION, cookie },
    { accept: 'application/json', cookie },
  ]
  return {
    page: { name: 'login page, /login?flow=…', url: page.href, headers: view, status: 200 },
    bare: {
      name: 'bare page of ours, /problem/400',
      url: `${uiUrl}/problem/400`,
      headers: view,
      status: 400,
    },
    redirect: { name: 'start of a login, /login', url: `${uiUrl}/login`, headers: NAVIGATION, status: 303 },
    alive: { name: '/health/alive', url: `${uiUrl}/health/alive`, headers: {}, status: 200 },
    pass: { name: 'Kratos call, passed through', url: uiUrl + call, headers: json, status: 200 },
    kratos: { name: 'Kratos call, Kratos itself', url: kratosUrl + call, headers: json, status: 200 },
  }
}

async function follow(url: string, cookie: string): Promise<{ location: string; cookie: string }> {
  const response = await fetch(url, { redirect: 'manual', headers: { ...NAVIGATION, cookie } })
  await response.arrayBuffer()
  const location = response.headers.get('location')
  if (response.status !== 303 || !location) throw new Error(`${url} answered ${response.status}, expected 303`)
  const set = response.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  return { location: new URL(location, url).href, cookie: set.join('; ') }
}
