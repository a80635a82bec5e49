import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest'
import { ROOT } from '../paths.ts'

/**
 * What a standalone build looks like, with a stand-in for the server.js that Next generates; for the tests of one file.
 *
 * @param serverJs the body of its request handler, which has `request`, `response`, and what lib/request-record.ts exports
 * @param add puts more into its folder; it gets the folder and the whole server.js
 * @returns a function that starts the entry, until the running test ends
 */
export function makeStandalone(serverJs: string, add?: (folder: string, serverJs: string) => void) {
  // A process each, which takes its time on a busy machine.
  vi.setConfig({ testTimeout: 30_000 })
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'entry-'))
    for (const part of ['server', 'lib', 'package.json']) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const source = `import http from 'node:http'
      import { note, startCall } from '#lib/request-record.ts'
      const server = http.createServer(async (request, response) => { ${serverJs} })
      server.listen(Number(process.env.PORT), process.env.HOSTNAME, () => console.log('up', JSON.stringify(server.address())))`
    writeFileSync(join(folder, 'server.js'), source)
    add?.(folder, source)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  return (environment: Record<string, string>) => {
    const child = spawn(process.execPath, [join(folder, 'server/main.ts')], {
      env: { NODE_ENV: 'production', KRATOS_PUBLIC_URL: 'http://127.0.0.1:1', PORT: '0', ...environment },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const printed = { out: '', error: '' }
    child.stdout.on('data', (chunk) => {
      printed.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      printed.error += chunk
    })
    /** Resolves with where it listens. */
    const up = async (): Promise<{ address: string; port: number }> => {
      for (;;) {
        const line = /^up (.*)$/m.exec(printed.out)?.[1]
        if (line) return JSON.parse(line)
        await once(child.stdout, 'data')
      }
    }
    /** The lines of its log so far. */
    const lines = (): Record<string, unknown>[] =>
      printed.out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))
    return { child, printed, exited: once(child, 'close'), up, lines }
  }
}
