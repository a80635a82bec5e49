/** One kind of request that is measured. */
export type Target = {
  name: string
  url: string
  headers: Readonly<Record<string, string>>
  /** the status of a good answer */
  status: number
  /** the process whose CPU and memory count; none where they mean nothing */
  pid?: number | undefined
}

/** Every target by its key; `page`, `bare`, `redirect` and `kratos` are always there. */
export type Targets = Readonly<Record<string, Target>> &
  Readonly<Record<'page' | 'bare' | 'redirect' | 'kratos', Target>>

/** A UI that is measured. */
export type MeasuredUi = { url: string; pid: number }

/** What browsers send with a navigation. Compression is part of what a page view costs. */
export const NAVIGATION = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'none' }

/** Flows of one visitor, and the Cookie headers that belong to them. */
export type Visitor = {
  /** ids */
  login: string
  registration: string
  settings: string
  /** of somebody who has started a login, and of somebody who is signed in */
  cookies: { anonymous: string; signedIn: string }
}

/**
 * Starts a login as a browser does, a registration, and, for somebody who signs in, the settings.
 *
 * @param uiUrl the UI
 * @param kratos its Kratos
 * @throws Error when the way to a page is not the expected one
 */
export async function prepareVisitor(uiUrl: string, kratos: { publicUrl: string; adminUrl: string }): Promise<Visitor> {
  const started = await follow(`${uiUrl}/login`, '')
  const created = await follow(started.location, started.cookie)
  const anonymous = [started.cookie, created.cookie].filter(Boolean).join('; ')
  const page = new URL(created.location)
  const login = page.searchParams.get('flow')
  if (page.pathname !== '/login' || !login || !/csrf_token/.test(anonymous) || !/ksui_start_login/.test(anonymous)) {
    throw new Error(`${uiUrl}/login leads to ${page.pathname}, with the cookies ${anonymous.replace(/=[^;]*/g, '')}`)
  }
  const account = { identifier: `bench-${Date.now()}@example.org`, password: 'Only-for-the-bench-4711' }
  await json(`${kratos.adminUrl}/admin/identities`, '', {
    schema_id: 'default',
    traits: { email: account.identifier },
    credentials: { password: { config: { password: account.password } } },
  })
  const api = `${kratos.publicUrl}/self-service`
  const registration = await json(`${api}/registration/browser`, anonymous)
  const form = await json(`${api}/login/browser`, '')
  const token = form.body.ui?.nodes.find(({ attributes }) => attributes.name === 'csrf_token')?.attributes.value
  const answer = { method: 'password', csrf_token: token, ...account }
  const session = await json(`${api}/login?flow=${form.body.id}`, form.cookie, answer)
  const signedIn = [form.cookie, session.cookie].filter(Boolean).join('; ')
  const settings = await json(`${api}/settings/browser`, signedIn)
  return {
    login,
    registration: registration.body.id,
    settings: settings.body.id,
    cookies: { anonymous, signedIn },
  }
}

/**
 * The pages of a UI, and the start of a login.
 *
 * @param ui whose
 * @param visitor as {@link prepareVisitor} made it
 * @param suffix for the names, where there is more than one UI
 */
export function pagesOf({ url, pid }: MeasuredUi, { cookies, ...flows }: Visitor, suffix = '') {
  const page = (path: string, cookie: string, status = 200): Target => ({
    name: `${path.replace(/\?.*/, '?flow=…')}${suffix}`,
    url: url + path,
    headers: { ...NAVIGATION, cookie },
    status,
    pid,
  })
  return {
    page: page(`/login?flow=${flows.login}`, cookies.anonymous),
    registration: page(`/registration?flow=${flows.registration}`, cookies.anonymous),
    settings: page(`/settings?flow=${flows.settings}`, cookies.signedIn),
    welcome: page('/welcome', cookies.signedIn),
    sessions: page('/sessions', cookies.signedIn),
    bare: page('/problem/400', cookies.anonymous, 400),
    redirect: page('/login', '', 303),
  }
}

/**
 * All targets of a run: the pages, beside them the Kratos call by itself and passed through, and what does nothing.
 *
 * @param ui whose
 * @param kratosUrl Kratos's public API
 */
export function makeTargets(ui: MeasuredUi, kratosUrl: string, visitor: Visitor): Targets {
  const call = `/self-service/login/flows?id=${visitor.login}`
  const headers = { accept: 'application/json', cookie: visitor.cookies.anonymous }
  return {
    ...pagesOf(ui, visitor),
    alive: { name: '/health/alive', url: `${ui.url}/health/alive`, headers: {}, status: 200, pid: ui.pid },
    pass: { name: 'Kratos call, passed through', url: ui.url + call, headers, status: 200, pid: ui.pid },
    kratos: { name: 'Kratos call, Kratos itself', url: kratosUrl + call, headers, status: 200 },
  }
}

async function follow(url: string, cookie: string): Promise<{ location: string; cookie: string }> {
  const response = await fetch(url, { redirect: 'manual', headers: { ...NAVIGATION, cookie } })
  await response.arrayBuffer()
  const location = response.headers.get('location')
  if (response.status !== 303 || !location) throw new Error(`${url} answered ${response.status}, expected 303`)
  return { location: new URL(location, url).href, cookie: cookiesOf(response) }
}

type Answer = { id: string; ui?: { nodes: { attributes: { name?: string; value?: unknown } }[] } }

async function json(url: string, cookie: string, body?: object): Promise<{ body: Answer; cookie: string }> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', 'content-type': 'application/json', ...(cookie && { cookie }) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${url.replace(/\?.*/, '')} answered ${response.status}`)
  return { body: (await response.json()) as Answer, cookie: cookiesOf(response) }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
}
