import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { putBase, STAND_IN, TEMPLATES } from '../server/base-path.ts'
import { ROOT } from '../tools/paths.ts'

// Next leaves static files out of the standalone build, for those who serve them from a CDN. We do not.
const standalone = join(ROOT, '.next', 'standalone')
if (!existsSync(standalone)) {
  console.error('assemble: there is no .next/standalone: run next build first')
  process.exit(1)
}
copy('public', 'public')
copy('.next/static', '.next/static')
setAside()
compress()

function copy(from: string, to: string): void {
  const target = join(standalone, to)
  // Removed first, or files of earlier builds would pile up.
  rmSync(target, { recursive: true, force: true })
  if (existsSync(join(ROOT, from))) cpSync(join(ROOT, from), target, { recursive: true })
}

/** What has the stand-in for the base path is kept for the start to fill in, and gets none where it is. */
function setAside(): void {
  // No glob: there are folders that begin with a dot.
  const built = readdirSync(join(standalone, '.next'), { recursive: true, encoding: 'utf8' })
  const files = ['server.js', ...built.map((file) => join('.next', file))].filter((file) => {
    const path = join(standalone, file)
    return statSync(path).isFile() && readFileSync(path, 'latin1').includes(STAND_IN.slice(1))
  })
  if (files.length === 0) throw new Error('Nothing in the build has the stand-in for the base path')
  for (const file of files) {
    const text = readFileSync(join(standalone, file), 'latin1')
    const template = join(standalone, TEMPLATES, file)
    mkdirSync(dirname(template), { recursive: true })
    writeFileSync(template, text, 'latin1')
    writeFileSync(join(standalone, file), putBase(text, ''), 'latin1')
  }
}

/** For server/static-files.ts. */
function compress(): void {
  const folder = join(standalone, '.next', 'static')
  for (const file of globSync('**/*.{js,css}', { cwd: folder })) {
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(readFileSync(join(folder, file))))
  }
}
