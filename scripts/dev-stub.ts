import { createStub, FAILURES } from '../e2e/stub-kratos.ts'
import { FLOWS } from '../lib/kratos/flows.ts'
import { main } from '../tools/main.ts'
import { ROOT } from '../tools/paths.ts'
import { assertPortFree } from '../tools/port.ts'
import { run } from '../tools/process.ts'
import { allErrors, allFlows } from '../tools/testing/fixtures.ts'

// npm run dev:stub: the UI with hot reload on recorded flows, without a Kratos: every state has a URL of its own.

const PORT = Number(process.env.PORT || 3000)
const STUB_PORT = 4583
const uiUrl = `http://localhost:${PORT}`

main(async () => {
  for (const port of [PORT, STUB_PORT]) await assertPortFree(port)
  const stub = createStub(uiUrl)
  await new Promise<void>((listening) => stub.listen(STUB_PORT, '127.0.0.1', listening))
  console.log(urls().join('\n'))
  const env = {
    PORT: String(PORT),
    HOST: '127.0.0.1',
    PUBLIC_URL: uiUrl,
    KRATOS_PUBLIC_URL: `http://127.0.0.1:${STUB_PORT}`,
    KRATOS_BROWSER_URL: '/',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  return run({ name: 'UI', command: process.execPath, args: ['server/dev.ts'], cwd: ROOT, env })
})

function urls(): string[] {
  const flows = allFlows()
  const states = Object.keys(FLOWS).flatMap((type) => [
    `\n${type}`,
    ...flows
      .filter((flow) => flow.type === type)
      .map(
        ({ name }) =>
          `  ${uiUrl}/${type}?flow=${name.replace('newer/', '')}${name.includes('/') ? '  (newer)' : ''}`,
      ),
  ])
  const failures = Object.keys(FAILURES).map((id) => `  ${uiUrl}/login?flow=${id}`)
  const errors = Object.keys(FAILURES).map((id) => `  ${uiUrl}/error?id=${id}`)
  const newer = allErrors().map(({ name }) => `  ${uiUrl}/error?id=${name}  (newer)`)
  const own = ['/', '/welcome', '/sessions', '/logout', '/diagnosis', '/no-such-page'].map(
    (path) => `  ${uiUrl}${path}`,
  )
  return [
    ...states,
    '\nwhen it goes wrong',
    ...failures,
    ...errors,
    ...newer,
    '\nour own pages',
    ...own,
    `  ${uiUrl}/self-service/stub/sign-in  (signs in to the stub)`,
    '',
  ]
}
