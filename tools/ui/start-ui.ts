import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../paths.ts'
import { assertPortFree } from '../port.ts'
import { type Background, startInBackground } from '../process.ts'
import { waitUntilReady } from '../wait-until-ready.ts'

/** A UI that runs. */
export type Ui = Background & { url: string }

/**
 * Starts the production build of the UI and waits until it answers.
 *
 * @param options the port, the environment (see .env.example), a file for its output, the checkout, if not this one, and how long
 *   it may take, if not 30 s
 * @throws Error when the port is busy or the UI is not ready in time (with the end of its log)
 */
export async function startUi(options: {
  port: number
  env: Readonly<Record<string, string>>
  logFile: string
  root?: string
  readyMs?: number
}): Promise<Ui> {
  await assertPortFree(options.port)
  const root = options.root ?? ROOT
  // With the options of `npm start`, which an older state may not have.
  const [, ...args] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start.split(' ')
  const server = await startInBackground({
    name: 'UI',
    command: process.execPath,
    args,
    cwd: root,
    env: { NODE_ENV: 'production', HOST: '127.0.0.1', ...options.env, PORT: String(options.port) },
    logFile: options.logFile,
    // The UI gives requests that are under way 10 s: see server/shutdown.ts.
    graceMs: 12_000,
  })
  await waitUntilReady(`http://127.0.0.1:${options.port}/health/alive`, server, options.readyMs)
  return { ...server, url: `http://localhost:${options.port}` }
}
