import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { dirname, join } from 'node:path'
import { CACHE } from '../../tools/paths.ts'
import { selfSigned } from './certificate.ts'

/** The `haveibeenpwned_host` of e2e/kratos/breaches.yml. */
const PORT = 4826

/** A password that was found in 1,234 breaches. */
export const BREACHED = 'correct horse battery staple'

/** A password about which the list gives no answer. */
export const UNCHECKED = 'a password that nobody can check'

/** The certificate of the list: Kratos takes it for one to trust by SSL_CERT_FILE. */
export const BREACH_LIST_CERTIFICATE = join(CACHE, 'e2e', 'breach-list.pem')

/**
 * Starts a stand-in for Have I Been Pwned: `GET /range/<first five characters of the SHA-1>` lists the rest of each
 * password that it knows, with how often it was seen.
 *
 * @returns what stops it
 * @see https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
 */
export async function startBreachList(): Promise<() => Promise<void>> {
  const identity = selfSigned()
  mkdirSync(dirname(BREACH_LIST_CERTIFICATE), { recursive: true })
  writeFileSync(BREACH_LIST_CERTIFICATE, identity.cert)
  const [breached, unchecked] = [sha1(BREACHED), sha1(UNCHECKED)]
  const server = createServer(identity, (request, response) => {
    const prefix = /^\/range\/([0-9A-F]{5})$/.exec(request.url ?? '')?.[1]
    if (!prefix || unchecked.startsWith(prefix)) response.writeHead(404)
    // Never empty: Have I Been Pwned knows hundreds of passwords for each prefix.
    const known = breached.startsWith(prefix ?? '-') ? `${breached.slice(5)}:1234` : `${'0'.repeat(35)}:1`
    response.end(`${known}\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(PORT, 'localhost', resolve))
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex').toUpperCase()
}
