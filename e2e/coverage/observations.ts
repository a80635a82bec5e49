import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { CACHE } from '../../tools/paths.ts'
import { observe } from './observe.ts'

/** Where a run leaves what its tests saw of Kratos (scripts/coverage.ts reads it). */
export const OBSERVATIONS = join(CACHE, 'test', 'observations.json')

/** What a run saw: by the key of the catalogue, the tests that saw it, each with the profile. */
export type Observations = { kratos: string; seen: Record<string, string[]> }

const PORT = 4539

/** Tells the recorder which test runs: one at a time, so that whatever Kratos answers belongs to it. */
export async function announceTest(title: string): Promise<void> {
  await fetch(`http://127.0.0.1:${PORT}/`, { method: 'POST', body: title })
}

/** Keeps what Kratos answers while tests run. */
export class Recorder {
  readonly #seen = new Map<string, Set<string>>()
  #test = ''
  readonly #server = createServer(async (request, response) => {
    this.#test = await text(request)
    response.end()
  })

  /** Starts to listen for the titles of tests. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(PORT, '127.0.0.1', resolve))
  }

  /** Takes an answer of a profile's Kratos. */
  add(profile: string, path: string, body: unknown): void {
    if (!this.#test) return
    for (const key of observe(path, body)) {
      const tests = this.#seen.get(key) ?? new Set()
      this.#seen.set(key, tests.add(`${this.#test} (${profile})`))
    }
  }

  /** Writes what was seen, and stops. */
  async stop(kratos: string): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    const seen = Object.fromEntries([...this.#seen].sort().map(([key, tests]) => [key, [...tests].sort()]))
    mkdirSync(dirname(OBSERVATIONS), { recursive: true })
    writeFileSync(OBSERVATIONS, `${JSON.stringify({ kratos, seen } satisfies Observations, undefined, 1)}\n`)
  }
}
