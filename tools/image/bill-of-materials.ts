import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Manifest = { name?: string; version?: string; license?: string }

/**
 * A CycloneDX bill of materials of the packages in a folder, those that Next carries along compiled included.
 *
 * @param app a folder with a package.json and node_modules
 * @returns JSON, the same for the same packages: without a time and a serial number
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(app: string): string {
  const read = (file: string) => JSON.parse(readFileSync(join(app, file), 'utf8')) as Manifest
  const own = read('package.json')
  const packages = new Map<string, ReturnType<typeof component>>()
  for (const file of globSync('node_modules/**/package.json', { cwd: app }).sort()) {
    const manifest = read(file)
    if (manifest.name) packages.set(`${manifest.name}@${manifest.version}`, component('library', manifest))
  }
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component('application', own) },
    components: [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
  }
  return `${JSON.stringify(bill, null, 2)}\n`
}

function component(type: 'application' | 'library', { name = '', version, license }: Manifest) {
  return {
    type,
    name,
    ...(version && { version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` }),
    ...(typeof license === 'string' && { licenses: [{ license: { name: license } }] }),
  }
}
