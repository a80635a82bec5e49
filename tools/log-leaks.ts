import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a test types or gets, and no log may have, whatever its format. */
const LEAKS: Readonly<Record<string, RegExp>> = {
  'the address of somebody': /person-[0-9a-f]{12}(?:@|%40)/i,
  'the phone of somebody': /(?:\+|%2B)4930\d{8}/i,
  'a password': /[\w-]{12}-Aa1\b/,
  'the id of a flow': /(?:\b|%3F|%26)flow(?:=|%3D|":\s*"(?=[0-9a-f]{8}-))/i,
  'a token against forged requests': /csrf_token/,
  "a cookie of Kratos's": /ory_kratos_(?:session|continuity)|continuity=/,
  'a cookie of ours': /ksui_/,
  'something that is sealed': /Fe26\.2/,
  'a challenge of Hydra': /(?:login|consent|logout|device)_challenge(?:=|%3D)/i,
  'a token of Kratos': /\b(?:token|code|refresh_token)(?:=|%3D)/,
}

/** The id of a request, a UUID or nginx's 32 hexadecimal digits: six of them may by chance be somebody's code. */
const REQUEST_ID = /"requestId":"[0-9a-f-]{32,36}"/g

/** A place in a log where something stands that must not. */
export type Leak = { file: string; line: number; what: string }

/**
 * Looks for what no log may have in the text of one (SECURITY.md, what is never logged).
 *
 * @param codes that were sent to people; six digits that stand alone, outside the id of a request
 */
export function findLeaks(file: string, text: string, codes: readonly string[]): Leak[] {
  const code = codes.length > 0 ? new RegExp(`(?<![\\d.])(?:${codes.join('|')})(?![\\d.])`) : undefined
  const patterns = Object.entries(LEAKS).concat(code ? [['a code', code]] : [])
  return text
    .split('\n')
    .flatMap((line, index) =>
      patterns
        .filter(([, pattern]) => pattern.test(line.replace(REQUEST_ID, '')))
        .map(([what]) => ({ file, line: index + 1, what })),
    )
}

/**
 * Looks through the logs of all UIs of a test run.
 *
 * @param folder where they are, at whatever depth: `ui.log`
 * @param mail the API of the mail sink, which knows the codes
 * @throws Error when there is no log, or one has what it must not have; the message says where, not what
 */
export async function assertNoLeaks(folder: string, mail: string): Promise<void> {
  const messages = (await (await fetch(`${mail}/api/messages`)).json()) as { text: string }[]
  const codes = messages.flatMap(({ text }) => text.match(/\b\d{6}\b/g) ?? [])
  const files = globSync('**/ui.log', { cwd: folder })
  if (files.length === 0) throw new Error(`No log of a UI is in ${folder}`)
  const leaks = files.flatMap((file) => findLeaks(file, readFileSync(join(folder, file), 'utf8'), [...new Set(codes)]))
  if (leaks.length === 0) return
  const places = leaks.slice(0, 20).map(({ file, line, what }) => `${file}:${line}: ${what}`)
  throw new Error(`The logs have what they must not have, at ${leaks.length} places:\n${places.join('\n')}`)
}
