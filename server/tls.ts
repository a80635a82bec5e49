import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { type Env, EnvError } from '../lib/env.ts'

/** A certificate and its key, as `https.createServer` takes them. */
export type Tls = { cert: Buffer; key: Buffer }

/**
 * Reads the certificate and the key that the environment names.
 *
 * @returns undefined when it names none: the server speaks http then
 * @throws EnvError when a file cannot be read, or when the two do not belong together
 */
export function readTls({ TLS_CERT_PATH, TLS_KEY_PATH }: Env): Tls | undefined {
  if (!TLS_CERT_PATH || !TLS_KEY_PATH) return undefined
  const tls = { cert: read('TLS_CERT_PATH', TLS_CERT_PATH), key: read('TLS_KEY_PATH', TLS_KEY_PATH) }
  try {
    createSecureContext(tls)
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException
    throw new EnvError(`TLS_CERT_PATH, TLS_KEY_PATH: found ${code}, expected a certificate and its key, both PEM`)
  }
  return tls
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new EnvError(`${name}: found ${file} (${(error as NodeJS.ErrnoException).code}), expected a file to read`)
  }
}
