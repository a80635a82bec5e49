import { readFileSync } from 'node:fs'

const BUGS = /a page failed|unhandled|uncaught|TypeError|RangeError|⨯/i

/** The lines of a UI's log that tell of bugs: what a page threw, and rejections that nobody handled. */
export function bugsIn(logFile: string): string[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => BUGS.test(line))
    .map((line) => `log: ${line.slice(0, 400)}`)
}
