import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chaosTable } from '../tools/faults/chaos-table.ts'
import { startChromium } from '../tools/faults/chromium.ts'
import { endWith } from '../tools/faults/end-with.ts'
import { FAULTS } from '../tools/faults/fault-table.ts'
import { startRig } from '../tools/faults/rig.ts'
import { type Row, runFault } from '../tools/faults/run-fault.ts'
import { main } from '../tools/main.ts'
import { CACHE } from '../tools/paths.ts'
import { stopAll } from '../tools/process.ts'
import { buildUi } from '../tools/ui/build-ui.ts'

// npm run chaos: people go on their journeys through the production build while one fault after the other is injected, and
// what they saw is compared with what Kratos holds. Linux only. docs/faults.md
// npm run chaos -- --short: ten journeys a fault, without Chromium and the faults of half a minute; a part of npm test.
// npm run chaos -- --only=<part of a fault's name> --journeys=<fewer a fault>

const SHORT = { journeys: 10, atOnce: 5, times: 1 }
const LONG = { journeys: 200, atOnce: 25, times: 5 }

const log = (line: string) => console.log(line)
main(chaos, 1)

async function chaos(): Promise<number> {
  const short = process.argv.includes('--short')
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length) ?? ''
  const faults = FAULTS.filter((fault) => !(short && fault.long) && fault.name.includes(only))
  mkdirSync(CACHE, { recursive: true })
  const dataDir = mkdtempSync(join(CACHE, 'chaos-'))
  await buildUi({ log })
  const rig = await startRig({ dataDir, log })
  const chromium = short ? undefined : await startChromium(log)
  const journeys = Number(
    process.argv.find((argument) => argument.startsWith('--journeys='))?.split('=')[1] ?? LONG.journeys,
  )
  const effort = { ...(short ? SHORT : { ...LONG, journeys }), ...(chromium && { chromium }) }
  const rows: Row[] = []
  for (const fault of faults) {
    const since = performance.now()
    const row = await runFault(rig, fault, effort)
    rows.push(row)
    log(
      `${row.wrong.length === 0 ? 'ok    ' : 'FAILED'} ${fault.name} (${((performance.now() - since) / 1000).toFixed(1)} s)`,
    )
    for (const [what, times] of countEach(row.wrong)) log(`         ${times} times: ${what}`)
  }
  log(`\n${chaosTable(rows)}`)
  writeFileSync(join(CACHE, `chaos${short ? '-short' : ''}.json`), `${JSON.stringify(rows, null, 2)}\n`)
  await chromium?.close()
  await rig.stop()
  await stopAll()
  const failed = rows.filter(({ wrong }) => wrong.length > 0).length
  if (failed === 0) rmSync(dataDir, { recursive: true })
  else log(`Logs: ${dataDir}`)
  return endWith('chaos', rows.length - failed, failed)
}

function countEach(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}
