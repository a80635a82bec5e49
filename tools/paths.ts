import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What scripts write: databases, logs, reports. Not in git. */
export const CACHE = join(ROOT, '.cache')

/** What outlives a clone: the Kratos that was built. */
export const USER_CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kratos-selfservice-ui-next')
