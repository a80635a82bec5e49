import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { type Env, EnvError } from '../lib/env.ts'

/** A certificate and its key, as `https.createServer` takes them. */
export type Tls = { cert: Buffer; key: Buffer }

/**
 * Reads the certificate and the key that the environment names.
 *
 * @returns undefined when it names none: the server speaks http then
 * @throws EnvError when a file cannot be read or used, or when the two do not belong together
 */
export function readTls({ TLS_CERT_PATH: certPath, TLS_KEY_PATH: keyPath }: Env): Tls | undefined {
  if (!certPath || !keyPath) return undefined
  const cert = read('cert', certPath, 'TLS_CERT_PATH', 'a certificate (PEM)')
  const key = read('key', keyPath, 'TLS_KEY_PATH', 'a private key (PEM, no passphrase)')
  // OpenSSL itself takes an RSA certificate with an EC key, and then has none to show.
  if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return { cert, key }
  throw new EnvError(`TLS_CERT_PATH, TLS_KEY_PATH: found ${certPath} and ${keyPath}, expected two that belong together`)
}

function read(part: keyof Tls, path: string, name: string, expected: string): Buffer {
  try {
    const pem = readFileSync(path)
    createSecureContext({ [part]: pem })
    return pem
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException
    const is = syscall ? 'cannot be read' : 'is something else'
    throw new EnvError(`${name}: found ${path}, which ${is} (${code}), expected ${expected}`)
  }
}
