import { readFileSync } from 'node:fs'

/** What the UI says when it was not answered: with the name of the error, which is what fetch throws then. */
const SILENCE = /"msg":"(Kratos|Hydra) did not answer"/
const BUGS = /a page failed|unhandled|uncaught|TypeError|RangeError|⨯/i

/** The lines of a UI's log that tell of bugs: what a page threw, and rejections that nobody handled. */
export function bugsIn(logFile: string): string[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => BUGS.test(line) && !SILENCE.test(line))
    .map((line) => `log: ${line.slice(0, 400)}`)
}
