import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startIdentityProvider } from '../e2e/support/identity-provider.ts'
import { findKratos } from '../tools/kratos/find-kratos.ts'
import { startKratos } from '../tools/kratos/start-kratos.ts'
import { main } from '../tools/main.ts'
import { CACHE, ROOT } from '../tools/paths.ts'
import { Person } from '../tools/record/person.ts'
import { SCENES } from '../tools/record/scenes.ts'
import { scrub } from '../tools/record/scrub.ts'
import type { Stage } from '../tools/record/stage.ts'

// npm run record: drives a real Kratos through every state that has a page, and keeps its answers in e2e/flows/*.json.

const FLOWS = join(ROOT, 'e2e', 'flows')

main(async () => {
  const bin = await findKratos({ log: console.log })
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'record-'))
  const recorded = new Map<string, unknown>()
  const stopProvider = await startIdentityProvider()
  for (const [index, { name, env, overlay, record }] of SCENES.entries()) {
    console.log(`Recording: ${name}`)
    const files = ['base', 'record', ...(overlay ? [overlay] : [])]
    const configs = files.map((file) => join(ROOT, 'e2e', 'kratos', `${file}.yml`))
    const kratos = await startKratos({
      bin,
      name: 'record',
      configs,
      dataDir: join(dataDir, String(index)),
      env,
    })
    await record(stageOn(kratos, recorded))
    await kratos.stop()
  }
  await stopProvider()
  // Only once everything is there, so that a failure leaves the files as they were.
  for (const file of readdirSync(FLOWS)) if (file.endsWith('.json')) rmSync(join(FLOWS, file))
  for (const [name, answer] of recorded) {
    writeFileSync(join(FLOWS, `${name}.json`), `${JSON.stringify(scrub(answer), null, 2)}\n`)
  }
  rmSync(dataDir, { recursive: true })
  console.log(`${recorded.size} files in ${FLOWS}`)
  return 0
}, 1)

function stageOn(
  { publicUrl, adminUrl }: { publicUrl: string; adminUrl: string },
  recorded: Map<string, unknown>,
): Stage {
  return {
    person: () => new Person(publicUrl),
    keep(name, answer) {
      if (recorded.has(name)) throw new Error(`${name} is recorded twice`)
      recorded.set(name, answer)
    },
    async codeFor(email) {
      const query = new URLSearchParams({ recipient: email })
      const mails = (await (await fetch(`${adminUrl}/admin/courier/messages?${query}`)).json()) as Mail[]
      const code = /\b\d{6}\b/.exec(mails[0]?.body ?? '')?.[0]
      if (!code) throw new Error(`there is no mail with a code for ${email}`)
      return code
    },
    async createIdentity(body) {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const response = await fetch(`${adminUrl}/admin/identities`, init)
      if (response.status !== 201) throw new Error(`Kratos answered ${response.status}: ${await response.text()}`)
    },
  }
}

type Mail = { body: string }
