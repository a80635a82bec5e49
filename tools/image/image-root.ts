import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../paths.ts'
import { billOfMaterials } from './bill-of-materials.ts'

/** What is of no use at run time: types, maps, the sources that packages ship beside what they were compiled to, tests. */
const LEFT_OUT = ['{lib,server}/**/*.test.ts', '**/*.map', 'node_modules/**/*.d.{ts,cts,mts}', 'node_modules/zod/src']
const LICENCES = /^(LICEN[CS]E|NOTICE|COPYING)/i

/**
 * Makes the folder that the container image consists of, besides Node and its base: `/app` in it is the production build.
 * The Dockerfile calls this, and so does the check that runs without Docker.
 *
 * @param root the folder to make; what was there is removed
 * @param epoch the time that all files get, in seconds (SOURCE_DATE_EPOCH), so that the same input gives the same layer
 * @throws Error when there is no build
 */
export function makeImageRoot(root: string, epoch: number): void {
  const standalone = join(ROOT, '.next', 'standalone')
  if (!existsSync(standalone)) throw new Error('There is no .next/standalone: run npm run build first')
  const app = join(root, 'app')
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  // Links stay relative: Next links the packages that it does not bundle.
  cpSync(standalone, app, { recursive: true, verbatimSymlinks: true })
  for (const file of globSync(LEFT_OUT, { cwd: app })) rmSync(join(app, file), { recursive: true, force: true })
  // Next writes down where it was built.
  for (const file of ['server.js', '.next/required-server-files.json']) {
    const text = readFileSync(join(app, file), 'utf8')
    writeFileSync(join(app, file), text.replaceAll(ROOT.replace(/\/$/, ''), '/app'))
  }
  copyFileSync(join(ROOT, 'tools/image/health-check.ts'), join(app, 'health-check.ts'))
  copyFileSync(join(ROOT, 'LICENSE'), join(app, 'LICENSE'))
  copyLicences(app)
  writeFileSync(join(app, 'sbom.cdx.json'), billOfMaterials(app))
  for (const path of globSync(['**', '**/.*', '**/.*/**'], { cwd: root })) lutimesSync(join(root, path), epoch, epoch)
  lutimesSync(root, epoch, epoch)
}

/** Next takes along what runs, which a licence does not: each package gets its own back. */
function copyLicences(app: string): void {
  for (const file of globSync('node_modules/**/package.json', { cwd: app })) {
    const folder = join(file, '..')
    const names = existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : []
    for (const name of names.filter((one) => LICENCES.test(one))) {
      copyFileSync(join(ROOT, folder, name), join(app, folder, name))
    }
  }
}
