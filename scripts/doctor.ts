import { gatherFacts } from '../lib/doctor/facts.ts'
import { findingsOf, lineOf } from '../lib/doctor/findings.ts'
import { EnvError, env } from '../lib/env.ts'

// Prints what is wrong with the set-up that the environment describes, as /doctor does. Exits with 1 when something is.
// node --env-file=ui.env scripts/doctor.ts

try {
  const findings = findingsOf(await gatherFacts(env()))
  for (const finding of findings) console.log(lineOf(finding))
  process.exitCode = findings.some(([, level]) => level === 'error') ? 1 : 0
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
