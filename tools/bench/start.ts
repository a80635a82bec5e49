import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findKratos } from '../kratos/find-kratos.ts'
import { type Kratos, startKratos } from '../kratos/start-kratos.ts'
import { configsOf, type Profile } from '../profiles.ts'
import { assertPortsFree, startProfileUi, uiEnv } from '../stack.ts'
import { buildUi } from '../ui/build-ui.ts'
import { startUi, type Ui } from '../ui/start-ui.ts'
import { cpuMs } from './process-usage.ts'

const PROFILE: Profile = {
  name: 'bench',
  uiUrl: 'http://localhost:4605',
  kratosBrowserUrl: '/',
  kratosPort: 4603,
  // Nothing listens there: no mail is sent.
  mail: { smtpPort: 4606, httpPort: 4607 },
}

/** How often the UI is asked whether it is ready, in ms. */
const POLL = 5

/** What each start of the UI took until it answered, in ms: by the clock, and of CPU, which a busy machine stretches less. */
export type Starts = { elapsed: number[]; cpu: number[] }

/** What is measured. */
export type Started = { kratos: Kratos; ui: Ui; starts: Starts; dataDir: string }

/**
 * Starts Kratos on an empty database, and the production build of the UI.
 *
 * @param options where the database and the logs go; how often the UI is started, to time it; what gets a line
 * @throws Error when there is no Kratos, a port is busy, or one of them does not start
 */
export async function startAll(options: {
  dataDir: string
  starts: number
  log: (line: string) => void
}): Promise<Started> {
  const { dataDir, log } = options
  await assertPortsFree(PROFILE)
  const bin = await findKratos({ log })
  await buildUi({ log })
  log('Starting Kratos and the UI')
  const kratos = await startKratos({ bin, name: PROFILE.name, configs: configsOf(PROFILE), dataDir })
  const starts: Starts = { elapsed: [], cpu: [] }
  for (;;) {
    const { ui, ms } = await startTimed(dataDir)
    starts.elapsed.push(ms)
    starts.cpu.push(cpuMs(ui.pid))
    if (starts.cpu.length >= options.starts) return { kratos, ui, starts, dataDir }
    await ui.stop()
  }
}

/**
 * Starts a second UI on the Kratos of the first. Kratos sends people to the first one: the pages of this one are opened by
 * their flows' ids.
 *
 * @param port where it listens
 * @param root the checkout with its build
 */
export function startSecondUi(port: number, root: string, dataDir: string): Promise<Ui> {
  // With the PUBLIC_URL of the first: a form that leads elsewhere is refused.
  return startUi({ port, env: uiEnv(PROFILE), logFile: join(dataDir, 'second-ui.log'), root })
}

async function startTimed(dataDir: string): Promise<{ ui: Ui; ms: number }> {
  const started = performance.now()
  const starting = startProfileUi(PROFILE, dataDir)
  // startUi asks less often. What it waits for fails when the UI does not start.
  const first = firstAnswer(`${PROFILE.uiUrl}/health/alive`)
  const ui = await starting
  return { ui, ms: (await first) - started }
}

async function firstAnswer(url: string): Promise<number> {
  for (let attempts = 0; attempts < 30_000 / POLL; attempts++) {
    if (await isAlive(url)) break
    await sleep(POLL)
  }
  return performance.now()
}

function isAlive(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 1000 }, (answer) => {
      answer.resume().on('close', () => resolve(answer.statusCode === 200))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}
