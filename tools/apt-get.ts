import { onPath } from './executables.ts'
import { run } from './process.ts'

/**
 * Installs packages of Debian's, where there is apt-get and we are root; elsewhere it does nothing. Whether they are there then
 * is for the caller to see.
 */
export async function aptInstall(...packages: string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return
  const apt = (...args: string[]) =>
    run({ name: 'apt-get', command: 'apt-get', args, env: { DEBIAN_FRONTEND: 'noninteractive' } })
  await apt('update')
  await apt('install', '-y', '--no-install-recommends', ...packages)
}
