import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { main } from '../tools/main.ts'
import { ROOT } from '../tools/paths.ts'
import { run } from '../tools/process.ts'

// node scripts/doc-commands.ts: runs the commands of README.md and docs that have `<!-- run after a build -->` above their block, as
// somebody would who reads along. Exits with 0 or 1.

const TAGGED = /<!-- run after a build -->\n```sh\n(.*?)```/gs

main(async () => {
  let failed = 0
  let found = 0
  for (const paper of globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).sort()) {
    for (const [, script = ''] of readFileSync(join(ROOT, paper), 'utf8').matchAll(TAGGED)) {
      found += 1
      console.log(`${paper}: ${script.trim()}`)
      if ((await run({ name: paper, command: 'sh', args: ['-e', '-c', script], cwd: ROOT })) !== 0) failed += 1
    }
  }
  if (found === 0) throw new Error('No command is tagged')
  return failed === 0 ? 0 : 1
}, 1)
