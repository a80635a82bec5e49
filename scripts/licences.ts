import { ROOT } from '../tools/paths.ts'
import { readLicences, refusedLicences } from '../tools/supply-chain/licences.ts'

// npm run licences: every package that is installed, by its licence. Exits with 1 when one is not allowed.

const packages = readLicences(ROOT)
for (const [licence, group] of Map.groupBy(packages, ({ licence }) => licence)) {
  console.log(`${licence} (${group.length})`)
  for (const { name, version } of group) console.log(`  ${name}@${version}`)
}
const refused = refusedLicences(packages)
for (const { name, version, licence } of refused) console.error(`not allowed: ${name}@${version} (${licence})`)
process.exit(refused.length > 0 ? 1 : 0)
