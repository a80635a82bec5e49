import { join } from 'node:path'
import { readKratosPorts } from '../tools/kratos/config-ports.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { assertPortFree } from '../tools/port.ts'
import { run } from '../tools/process.ts'
import { configsOf, PROFILES } from '../tools/profiles.ts'
import { assertPortsFree, startBackend, uiEnv } from '../tools/stack.ts'
import { answers } from '../tools/wait-until-ready.ts'

// npm run dev: the UI with hot reload, on the demo's Kratos and mail sink (its own, or those that already run).

const profile = PROFILES.demo

main(async () => {
  const { port } = new URL(profile.uiUrl)
  await assertPortFree(Number(port))
  const { adminPort } = readKratosPorts(configsOf(profile))
  if (await answers(`http://127.0.0.1:${adminPort}/health/ready`)) {
    console.log('Using the Kratos that already runs')
  } else {
    await assertPortsFree(profile, { ui: false })
    const kratosBin = await findKratos({ log: console.log })
    const { mail } = await startBackend({ profile, kratosBin, dataDir: join(CACHE, 'demo') })
    console.log(`Mails on ${mail.url}`)
  }
  const env = { ...uiEnv(profile), PORT: port, HOST: '127.0.0.1', NEXT_TELEMETRY_DISABLED: '1' }
  return run({ name: 'UI', command: process.execPath, args: ['tools/ui/dev-server.ts'], cwd: ROOT, env })
})
