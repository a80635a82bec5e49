import { isExecutable, onPath } from '../executables.ts'
import { buildKratos, builtKratos, missingForBuild } from './build-kratos.ts'
import { dockerKratos } from './docker-kratos.ts'

const HOW_TO_GET_ONE = `No Kratos was found. One of these is enough:
  - an executable from https://github.com/ory/kratos/releases, on PATH or named by KRATOS_BIN
  - Go (https://go.dev/dl) and a C compiler (Debian: apt-get install gcc libc6-dev), to build it here
  - a running Docker engine, for the image oryd/kratos`

/**
 * Finds an executable Kratos with SQLite: KRATOS_BIN, `kratos` on PATH, an earlier build, a build with Go, Docker.
 *
 * @param options.log gets a line about what takes long
 * @returns the path of an executable
 * @throws Error when there is none, which says how to get one, or when KRATOS_BIN names none
 */
export async function findKratos({ log }: { log: (line: string) => void }): Promise<string> {
  const named = process.env.KRATOS_BIN
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`KRATOS_BIN: found ${JSON.stringify(named)}, expected the path of an executable`)
  }
  const found = [onPath('kratos'), builtKratos()].find((path) => path && isExecutable(path))
  if (found) return found

  const missing = missingForBuild()
  if (missing === undefined) return buildKratos({ log })
  log(`Kratos cannot be built here: ${missing}`)
  const wrapper = dockerKratos()
  if (!wrapper) throw new Error(HOW_TO_GET_ONE)
  log('Using the Docker image of Kratos')
  return wrapper
}
