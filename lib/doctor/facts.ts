import type { Env } from '#lib/env.ts'
import { whyNotReady } from '#lib/get-health.ts'

/** What came of asking Kratos to start a flow as a browser would. */
export type Start = { status: number; location: string | undefined; cookies: readonly string[] }

/** The flows whose pages Kratos leads to without a session. */
export const STARTED = ['login', 'registration', 'recovery', 'verification'] as const

type Looked = 'PUBLIC_URL' | 'BASE_PATH' | 'KRATOS_BROWSER_URL' | 'sameOrigin' | 'KRATOS_PUBLIC_URL' | 'hydraAdminUrl'

/** All that the doctor looks at. */
export type Facts = {
  environment: Pick<Env, Looked>
  /** why Kratos or Hydra is not ready; undefined when it is, or is not there */
  notReady: Readonly<Partial<Record<'Kratos' | 'Hydra', string | undefined>>>
  starts: Readonly<Partial<Record<(typeof STARTED)[number], Start>>>
  /** a login with `return_to`: to us, and to where nobody is allowed to be sent */
  backToUs?: Start | undefined
  forbidden?: Start | undefined
  /** where Kratos says that the login's form goes */
  action?: string | undefined
  /** by how many seconds Kratos's clock is ahead of ours */
  clock?: number | undefined
  versions: Readonly<Record<string, string | undefined>>
  /** where the browser opened the page that shows this, as the UI sees it */
  openedAt?: string | undefined
}

/** So that a doctor's visit ends, in ms. */
const TIMEOUT = 5_000

/** Asks Kratos and Hydra for all {@link Facts}: about ten requests, of which some start a flow that nobody uses. */
export async function gatherFacts(environment: Env): Promise<Facts> {
  const base = environment.KRATOS_PUBLIC_URL.replace(/\/$/, '')
  const start = async (type: string, returnTo?: string): Promise<Start | undefined> => {
    const query = returnTo ? `?${new URLSearchParams({ return_to: returnTo })}` : ''
    const answer = await ask(`${base}/self-service/${type}/browser${query}`, 'text/html')
    if (!answer) return undefined
    const { status, headers } = answer
    return { status, location: headers.get('location') ?? undefined, cookies: headers.getSetCookie() }
  }
  const before = Date.now()
  const login = await ask(`${base}/self-service/login/browser`, 'application/json')
  const after = Date.now()
  const date = Date.parse(login?.headers.get('date') ?? '')
  const flow = (await login?.json().catch(() => undefined)) as { ui?: { action?: string } } | undefined
  const { PUBLIC_URL: ours, BASE_PATH, hydraAdminUrl: hydra } = environment
  return {
    environment,
    notReady: { Kratos: await whyNotReady('Kratos', base), Hydra: hydra && (await whyNotReady('Hydra', hydra)) },
    starts: Object.fromEntries(await Promise.all(STARTED.map(async (type) => [type, await start(type)] as const))),
    backToUs: ours ? await start('login', `${new URL(ours).origin}${BASE_PATH}/sessions`) : undefined,
    forbidden: await start('login', 'https://not-allowed.invalid/'),
    action: flow?.ui?.action,
    // Date has whole seconds, and the answer was some way into them: half a second is taken for that.
    clock: Number.isNaN(date) ? undefined : (date + 500 - (before + after) / 2) / 1000,
    versions: { Node: process.version, Kratos: await version(base), ...(hydra && { Hydra: await version(hydra) }) },
  }
}

async function version(base: string): Promise<string | undefined> {
  const answer = await ask(`${base}/version`, 'application/json')
  const body = (await answer?.json().catch(() => undefined)) as { version?: unknown } | undefined
  return typeof body?.version === 'string' ? body.version : undefined
}

function ask(url: string, accept: string): Promise<Response | undefined> {
  const options = { redirect: 'manual', cache: 'no-store', headers: { Accept: accept } } as const
  return fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT) }).catch(() => undefined)
}
