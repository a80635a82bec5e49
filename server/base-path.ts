import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvError } from '../lib/env.ts'

/** What next.config.js gives Next as its base path, which Next fixes at build time. */
export const STAND_IN = '/_ksui_base_path_'

/** The folder beside server.js with those of its files that have the stand-in; those in place have nothing there. */
export const TEMPLATES = '.base-path'

/**
 * Puts a base path in the place of the stand-in: first where its slash is escaped, in a pattern in JSON and in a pattern.
 *
 * @param text a file of Next's build
 * @param base such as `/auth`, or nothing
 */
export function putBase(text: string, base: string): string {
  return ['\\\\/', '\\/', '/'].reduce(
    (result, slash) => result.replaceAll(STAND_IN.replace('/', slash), base.replaceAll('/', slash)),
    text,
  )
}

/**
 * The server.js for a base path: that of the build, or, under a path, of a copy of some megabytes among the temporary files,
 * which goes when the process ends (docs/decisions/0048).
 *
 * @param home the folder of the standalone build
 * @param base such as `/auth`, or nothing
 * @throws EnvError when the copy cannot be made
 */
export function serverFor(home: string, base: string): string {
  if (!base) return join(home, 'server.js')
  try {
    const folder = mkdtempSync(join(tmpdir(), 'ksui-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    copy(join(home, '.next'), join(folder, '.next'), (text) => text)
    // A fork's own files.
    if (existsSync(join(home, 'public'))) copy(join(home, 'public'), join(folder, 'public'), (text) => text)
    copy(join(home, TEMPLATES), folder, (text) => putBase(text, base))
    // What was compressed for static-files.ts is no longer the same.
    for (const file of readdirSync(join(home, TEMPLATES), { recursive: true, encoding: 'utf8' }))
      rmSync(join(folder, `${file}.br`), { force: true })
    symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    return join(folder, 'server.js')
  } catch (error) {
    throw new EnvError(`BASE_PATH: found ${base}, expected room for a copy: ${(error as Error).message}`)
  }
}

function copy(from: string, to: string, change: (text: string) => string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else if (entry.isDirectory()) copy(source, target, change)
    // A byte a letter, whatever it is: the stand-in is plain ASCII.
    else writeFileSync(target, change(readFileSync(source, 'latin1')), 'latin1')
  }
}
