import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CACHE, ROOT } from '../paths.ts'
import { assertPortFree } from '../port.ts'
import { type Background, lastLines, run, startInBackground } from '../process.ts'
import { waitUntilReady } from '../wait-until-ready.ts'

// The least that Next can do, to compare with: a page rendered for its request, and a route handler that makes the Kratos call.
// An app of its own, built into .cache: nothing of it is ever shipped.

const FOLDER = join(CACHE, 'bench-app')
const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }',
  // Or the one of this project is taken, with a JSX runtime that it does not have.
  'jsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "react" } }',
  'next.config.js': `const root = ${JSON.stringify(ROOT)}
export default { poweredByHeader: false, outputFileTracingRoot: root, turbopack: { root } }`,
  // So that it does not take that of this project either.
  'instrumentation.js': 'export function register() {}',
  'app/layout.jsx': `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>
}`,
  'app/page.jsx': `import { headers } from 'next/headers'
export default async function Page() {
  return <main><h1>{(await headers()).get('host')}</h1></main>
}`,
  'app/call/route.js': `export const dynamic = 'force-dynamic'
export async function GET(request) {
  const headers = { accept: 'application/json', cookie: request.headers.get('cookie') ?? '' }
  const answer = await fetch(process.env.KRATOS_CALL, { headers, cache: 'no-store' })
  return Response.json(await answer.json(), { status: answer.status, headers: { 'cache-control': 'no-store' } })
}`,
}

/**
 * Builds the app, unless it is there, and starts it.
 *
 * @param port where it listens
 * @param kratosCall what its route handler asks
 */
export async function startBareApp(port: number, kratosCall: string): Promise<Background & { url: string }> {
  const stamp = join(FOLDER, '.sources')
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  const sources = createHash('sha256').update(JSON.stringify(FILES)).update(lock).digest('hex')
  const logFile = join(CACHE, 'bench-app.log')
  const next = { name: 'bare app', command: process.execPath, cwd: FOLDER, logFile }
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', KRATOS_CALL: kratosCall }
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(FOLDER, name)), { recursive: true })
      writeFileSync(join(FOLDER, name), text)
    }
    const code = await run({ ...next, args: [NEXT, 'build'], env })
    if (code !== 0) throw new Error(`Building the bare app failed:\n${lastLines(logFile, 30)}`)
    writeFileSync(stamp, sources)
  }
  await assertPortFree(port)
  const args = [NEXT, 'start', '-H', '127.0.0.1', '-p', String(port)]
  const server = await startInBackground({ ...next, args, env })
  await waitUntilReady(`http://127.0.0.1:${port}/`, server)
  return { ...server, url: `http://localhost:${port}` }
}
