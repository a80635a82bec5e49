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
  try {
    const tls = { cert: readFileSync(TLS_CERT_PATH), key: readFileSync(TLS_KEY_PATH) }
    createSecureContext(tls)
    return tls
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // OpenSSL's messages say less than its codes.
    const found = code?.startsWith('ERR_OSSL') ? code : message
    throw new EnvError(`TLS_CERT_PATH, TLS_KEY_PATH: found ${found}, expected a certificate and its key, both PEM`)
  }
}
