import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, USER_CACHE } from '../paths.ts'
import { kratosVersion } from './build-kratos.ts'

/**
 * Makes an executable that runs the official Docker image like a local Kratos: same files, same network.
 *
 * Never tried. It needs an engine on Linux, because only
 * there `--network host` is the network of the machine.
 *
 * @returns the path of the executable, or undefined where no engine answers
 */
export function dockerKratos(): string | undefined {
  const engine = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 10_000 })
  if (engine.status !== 0 || !String(engine.stdout).trim()) return undefined
  mkdirSync(USER_CACHE, { recursive: true })
  const path = join(USER_CACHE, 'kratos-docker')
  const own = `${path}.${process.pid}`
  writeFileSync(own, script(), { mode: 0o755 })
  renameSync(own, path)
  return path
}

// Kratos takes its whole configuration from the environment as well, so its names are passed on, not a fixed list.
function script(): string {
  return `#!/bin/sh
names=$(env | sed -n 's/^\\(\\(DSN\\|SERVE\\|SELFSERVICE\\|COURIER\\|SESSION\\|SECRETS\\|LOG\\|SSL\\)[A-Z_]*\\)=.*/-e \\1/p')
exec docker run --rm --network host --user "$(id -u):$(id -g)" $names \\
  -v '${ROOT}:${ROOT}' -v "$PWD:$PWD" -w "$PWD" oryd/kratos:${kratosVersion()} "$@"
`
}
