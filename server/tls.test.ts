import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Env } from '../lib/env.ts'
import { readTls } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'ksui-tls-'))
const at = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const read = (cert: string, key: string) => readTls({ TLS_CERT_PATH: at(cert), TLS_KEY_PATH: at(key) } as Env)

beforeAll(() => {
  const make = ['req', '-x509', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  openssl(...make, ...ec, '-keyout', 'a.key', '-out', 'a.pem')
  openssl(...make, ...ec, '-keyout', 'b.key', '-out', 'b.pem')
  openssl(...make, '-newkey', 'rsa:2048', '-keyout', 'rsa.key', '-out', 'rsa.pem')
  openssl('x509', '-in', 'a.pem', '-outform', 'der', '-out', 'a.der')
  openssl('pkey', '-in', 'a.key', '-outform', 'der', '-out', 'key.der')
  openssl('pkey', '-in', 'a.key', '-aes256', '-passout', 'pass:abcd', '-out', 'locked.key')
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-out', 'old.key')
  openssl(...make, '-key', 'old.key', '-out', 'old.pem')
  writeFileSync(at('chain.pem'), readFileSync(at('a.pem'), 'utf8') + readFileSync(at('b.pem'), 'utf8'))
  writeFileSync(at('empty'), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['a certificate and its key', 'a.pem', 'a.key'],
  ['with its chain', 'chain.pem', 'a.key'],
  ['of RSA', 'rsa.pem', 'rsa.key'],
  ['a key with the parameters of its curve', 'old.pem', 'old.key'],
])('%s', (_name, cert, key) => {
  expect(read(cert, key)).toEqual({ cert: readFileSync(at(cert)), key: readFileSync(at(key)) })
})

test('neither is none', () => {
  expect(readTls({} as Env)).toBeUndefined()
})

const CERT = 'expected a certificate (PEM)'
const KEY = 'expected a private key (PEM, no passphrase)'

test.each([
  ['no certificate', 'none.pem', 'a.key', `TLS_CERT_PATH: found none.pem, which cannot be read (ENOENT), ${CERT}`],
  ['no key', 'a.pem', 'none.key', `TLS_KEY_PATH: found none.key, which cannot be read (ENOENT), ${KEY}`],
  ['a folder', 'a.pem', '.', `TLS_KEY_PATH: found ., which cannot be read (EISDIR), ${KEY}`],
  [
    'a certificate that is no PEM',
    'a.der',
    'a.key',
    `TLS_CERT_PATH: found a.der, which is something else (ERR_OSSL_PEM_NO_START_LINE), ${CERT}`,
  ],
  ['a key that is no PEM', 'a.pem', 'key.der', `TLS_KEY_PATH: found key.der, which is something else (CODE), ${KEY}`],
  ['an empty key', 'a.pem', 'empty', `TLS_KEY_PATH: found empty, which is something else (CODE), ${KEY}`],
  ['a passphrase', 'a.pem', 'locked.key', `TLS_KEY_PATH: found locked.key, which is something else (CODE), ${KEY}`],
  [
    'the two the other way round',
    'a.key',
    'a.pem',
    `TLS_CERT_PATH: found a.key, which is something else (ERR_OSSL_PEM_NO_START_LINE), ${CERT}`,
  ],
  ...['b.key', 'rsa.key'].map((key) => [
    `${key} of another`,
    'a.pem',
    key,
    `TLS_CERT_PATH, TLS_KEY_PATH: found a.pem and ${key}, expected two that belong together`,
  ]),
] as [string, string, string, string][])('%s', (_name, cert, key, message) => {
  let said = ''
  try {
    read(cert, key)
  } catch (error) {
    said = (error as Error).message.replaceAll(`${folder}/`, '').replace(`found ${folder},`, 'found .,')
  }
  // Which code OpenSSL has for a key depends on its version.
  expect(message.includes('CODE') ? said.replace(/\(ERR_\w+\)/, '(CODE)') : said).toBe(message)
})
