import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OBSERVATIONS, type Observations } from '../e2e/coverage/observations.ts'
import { observe } from '../e2e/coverage/observe.ts'
import { choose, type Evidence, problemsOf, type Row, verdictOn } from '../e2e/coverage/verdicts.ts'
import { kratosVersion } from '../tools/kratos/build-kratos.ts'
import { ROOT } from '../tools/paths.ts'
import { allErrors, allFlows } from '../tools/testing/fixtures.ts'

// npm run coverage: compares docs/coverage.md with what the last end-to-end run saw of Kratos; exits with 1 when it does not
// hold, or has a row that nothing shows. With --write it is written anew: from a run on the Kratos of tools/kratos/go.mod.

const FOLDER = join(ROOT, 'e2e', 'coverage')
const PAGE = join(ROOT, 'docs', 'coverage.md')
const TESTS = join(FOLDER, 'tests.json')

const rows = read<Row[]>(join(FOLDER, 'catalogue.json'))
const run = existsSync(OBSERVATIONS) ? read<Observations>(OBSERVATIONS) : undefined
if (!run) {
  console.error('There is no end-to-end run to compare with: run npm test first')
  process.exit(1)
}
const write = process.argv.includes('--write')
if (write) {
  const chosen = choose(rows, run.seen, existsSync(TESTS) ? read(TESTS) : {})
  writeFileSync(TESTS, `${JSON.stringify(chosen, undefined, 2)}\n`)
}
const evidence: Evidence = {
  chosen: read(TESTS),
  fixtures: fixturesByKey(),
  reasons: read(join(FOLDER, 'reasons.json')),
}
const page = pageOf(rows, evidence)
if (write) writeFileSync(PAGE, page)

const problems = problemsOf(rows, evidence, { ...run, isNewer: run.kratos !== kratosVersion() })
if (readFileSync(PAGE, 'utf8') !== page) problems.push('docs/coverage.md is out of date: npm run coverage -- --write')
for (const problem of problems) console.error(problem)
const kinds = rows.map((row) => verdictOn(row, evidence).kind)
const count = (kind: string) => kinds.filter((one) => one === kind).length
const missing = rows.filter(({ key, since }) => since && !run.seen[key]).length
console.log(
  `${rows.length} rows: ${count('e2e')} e2e, ${count('fixture')} fixture, ${count('cannot occur')} cannot occur, ${count('open')} open`,
)
console.log(`not in this Kratos (${run.kratos}): ${missing} rows`)
process.exitCode = problems.length > 0 ? 1 : 0

function fixturesByKey(): Record<string, string[]> {
  const files: Record<string, string[]> = {}
  const add = (name: string, keys: string[]) => {
    for (const key of keys) files[key] = [...(files[key] ?? []), name]
  }
  for (const { name, type, flow } of allFlows().filter((fixture) => fixture.name.startsWith('newer/'))) {
    add(name, observe(`/self-service/${type}/flows`, flow))
  }
  for (const { name, error } of allErrors()) {
    add(`newer/errors/${name}`, observe('/self-service/errors', error))
  }
  return files
}

function pageOf(all: readonly Row[], made: Evidence): string {
  const lines = all.map((row) => {
    const verdict = verdictOn(row, made)
    const shown =
      verdict.kind === 'e2e'
        ? verdict.test
        : verdict.kind === 'fixture'
          ? verdict.files.join(', ')
          : verdict.kind === 'cannot occur'
            ? verdict.reason
            : ''
    const name = row.name ? ` ${row.name}` : ''
    return `| \`${row.key}\`${name} | ${row.since ?? ''} | ${verdict.kind} | ${shown.replaceAll('|', '\\|')} |`
  })
  return `# What Kratos can send, and what shows that it is handled

Written by \`npm run coverage -- --write\` from the last end-to-end run; \`npm test\` fails when it does not hold.

- _e2e_: that test got it from a real Kratos (in brackets: of which profile in \`e2e/kratos\`), and saw the page.
- _fixture_: no Kratos that can be built here sends it. A hand-written flow of \`e2e/flows/newer\` has it.
- _cannot occur_: no browser ever gets it, for the reason given.
- _open_: nothing shows it yet; \`npm test\` fails.

_newer_ is what Kratos v1.3.1 does not have; _licensed_ is in Ory's licensed builds only.

| what | since | shown by | which |
| --- | --- | --- | --- |
${lines.join('\n')}
`
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
