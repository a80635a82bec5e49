import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FlowError, Session } from '@ory/client'
import type { Flow, FlowType } from '../../lib/kratos/flows.ts'
import { extremeFlows } from './extreme-flows.ts'

// By import.meta.dirname: under jsdom, import.meta.url is no file URL.
const FOLDER = join(import.meta.dirname, '..', '..', 'e2e', 'flows')

/** A flow of e2e/flows: its file name without .json, such as `login-code-sent` or `newer/login-saml`; `made/…` has no file. */
export type Fixture = { name: string; type: FlowType; flow: Flow }

/** All flows of e2e/flows, the recorded ones first, and those that try how much a page can bear. */
export function allFlows(): Fixture[] {
  const files = ['', 'newer/'].flatMap((folder) =>
    readdirSync(join(FOLDER, folder))
      .filter((file) => file.endsWith('.json') && file !== 'session.json')
      .sort()
      .map((file) => readFixture(`${folder}${basename(file, '.json')}`)),
  )
  return [...files, ...extremeFlows(readFixture)]
}

/** The errors of e2e/flows/newer/errors, as Kratos keeps them for `/error?id=`, by their file names without .json. */
export function allErrors(): { name: string; error: FlowError }[] {
  const folder = join(FOLDER, 'newer', 'errors')
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: basename(file, '.json'),
      error: JSON.parse(readFileSync(join(folder, file), 'utf8')) as FlowError,
    }))
}

/** One flow by its name. Throws when there is no such file. */
export function readFixture(name: string): Fixture {
  const flow = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Flow
  return { name, type: basename(name).split('-', 1)[0] as FlowType, flow }
}

/** The recorded session of e2e/flows, as Kratos's whoami answered. */
export function readSession(): Session {
  return JSON.parse(readFileSync(join(FOLDER, 'session.json'), 'utf8')) as Session
}
