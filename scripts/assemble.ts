import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../tools/paths.ts'

// Next leaves static files out of the standalone build, for those who serve them from a CDN. We do not.
const standalone = join(ROOT, '.next', 'standalone')
if (!existsSync(standalone)) {
  console.error('assemble: there is no .next/standalone: run next build first')
  process.exit(1)
}
copy('public', 'public')
copy('.next/static', '.next/static')

function copy(from: string, to: string): void {
  const target = join(standalone, to)
  // Removed first, or files of earlier builds would pile up.
  rmSync(target, { recursive: true, force: true })
  if (existsSync(join(ROOT, from))) cpSync(join(ROOT, from), target, { recursive: true })
}
