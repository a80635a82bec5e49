import { resolve } from 'node:path'
import { makeImageRoot } from '../tools/image/image-root.ts'

// node scripts/image-root.ts <folder>: what the container image is made of, from the build that is there. See Dockerfile.

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('image-root: found no folder, expected one to make')
  process.exit(1)
}
makeImageRoot(resolve(folder), Number(process.env.SOURCE_DATE_EPOCH || 0))
