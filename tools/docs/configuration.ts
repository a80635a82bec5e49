import { ENV_NAMES, parseEnv } from '../../lib/env.ts'

/** One variable, as .env.example describes it and as the schema of lib/env.ts reads it. */
type Variable = { name: string; meaning: string; example: string; expected: string; preset: string }

const MINIMAL = { KRATOS_PUBLIC_URL: 'http://kratos:4433', COOKIE_SECRET: 'x'.repeat(32) }
/** Nothing that any format takes. */
const ODD = '\u0007'

const HEAD = `# Configuration

Every variable that the UI reads. This page is made by \`npm run docs\` from \`lib/env.ts\` (names, values, defaults) and
[.env.example](../.env.example) (the words); a test sees to it that it is up to date.

- An empty value counts as not set, since Helm charts send those.
- A wrong value ends the process at once, with one line that names the variable, what was found and what is expected.
- Variables are read at the start: change one and start anew. Only \`BRANDING_FILE\` is looked at again.
- Never put them into a file called \`.env\`: \`next build\` would put that into the build, secrets included.
`

/**
 * Makes docs/configuration.md.
 *
 * @param example the text of .env.example: sections (\`## \`), and above each variable a comment that says what it is for
 * @throws Error when a variable of the schema is missing in it
 */
export function configurationPage(example: string): string {
  const sections = example.split(/^## /m).slice(1)
  const described = sections.flatMap((section) => variablesOf(section).map(({ name }) => name))
  const missing = ENV_NAMES.filter((name) => !described.includes(name))
  if (missing.length > 0) throw new Error(`.env.example lacks ${missing.join(', ')}`)
  return `${[HEAD.trim(), ...sections.map(sectionPage)].join('\n\n')}\n`
}

function sectionPage(section: string): string {
  // `Title` or `Title. What is to be said of all of them.`, and perhaps the page that has more.
  const [line = ''] = section.split('\n', 1)
  const [title = '', ...more] = line.replace(/ \(docs\/.*\)$/, '').split('. ')
  return [`## ${title.replace(/\.$/, '')}`, ...more, ...variablesOf(section).map(variablePage)].join('\n\n')
}

function variablesOf(section: string): Variable[] {
  return [...section.matchAll(/((?:^# .*\n)+)(?:# )?^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(
    ([, words = '', name = '', example = '']) => ({
      name,
      meaning: words.replace(/^# /gm, '').trim().replaceAll('\n', ' '),
      example,
      ...schemaOf(name),
    }),
  )
}

function variablePage({ name, meaning, example, expected, preset }: Variable): string {
  const facts = [`- value: ${expected}`]
  if (preset) facts.push(`- default: \`${preset}\``)
  if (example && example !== preset) facts.push(`- example: \`${name}=${example}\``)
  return [`### ${name}`, linked(meaning), facts.join('\n')].join('\n\n')
}

/** Pages of docs/ that are named become links from there. */
function linked(text: string): string {
  return text.replace(/docs\/([\w-]+\.md)/g, '[docs/$1]($1)')
}

/** What the schema says of a variable: its own words for a value that does not fit, and what it is without one. */
function schemaOf(name: string): Pick<Variable, 'expected' | 'preset'> {
  const preset = (parseEnv(MINIMAL) as Readonly<Record<string, unknown>>)[name]
  // Those that are given to be able to ask have no default.
  const isGiven = name in MINIMAL || name === 'KRATOS_BROWSER_URL'
  const isNone = preset === undefined || (typeof preset === 'object' && Object.keys(preset ?? {}).length === 0)
  return { expected: expectedOf(name), preset: isGiven || isNone ? '' : String(preset) }
}

function expectedOf(name: string): string {
  try {
    parseEnv({ ...MINIMAL, [name]: name === 'PROJECT_NAME' ? 'x'.repeat(10_000) : ODD })
    return 'text'
  } catch (error) {
    const expected = /, expected (.*)$/.exec((error as Error).message)?.[1] ?? 'text'
    return /^(TLS_)/.test(name) ? 'a path' : expected
  }
}
