import { aptInstall } from '../apt-get.ts'
import { isExecutable, onPath } from '../executables.ts'

/** Where Debian puts it, which is on root's PATH only. */
const DEBIAN = '/usr/sbin/nginx'

/**
 * Finds or installs nginx: NGINX_BIN, `nginx` on PATH, Debian's package.
 *
 * @param options.log gets a line about what takes long
 * @returns the executable
 * @throws Error when there is none and none can be installed, or when NGINX_BIN names none
 */
export async function findNginx({ log }: { log: (line: string) => void }): Promise<string> {
  const named = process.env.NGINX_BIN
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`NGINX_BIN: found ${JSON.stringify(named)}, expected an executable`)
  }
  const found = installed()
  if (found) return found
  log("Installing Debian's nginx-light")
  await aptInstall('nginx-light')
  const path = installed()
  if (path) return path
  throw new Error('No nginx was found: install one, or name it by NGINX_BIN')
}

function installed(): string | undefined {
  return onPath('nginx') ?? (isExecutable(DEBIAN) ? DEBIAN : undefined)
}
