import { randomBytes } from 'node:crypto'
import { readKratosPorts } from '../../tools/kratos/config-ports.ts'
import { configsOf, PROFILES } from '../../tools/profiles.ts'

/** The name of a profile of tools/profiles.ts. */
export type ProfileName = keyof typeof PROFILES

/** Somebody with an account. */
export type Person = { id: string; email: string; password: string }

/** An address and a password that nobody has yet. */
export function newPerson(): { email: string; password: string } {
  const unique = randomBytes(6).toString('hex')
  // Kratos refuses a password that is like the address.
  return { email: `person-${unique}@example.org`, password: `${randomBytes(9).toString('base64url')}-Aa1` }
}

/** A phone number that nobody has yet, as Kratos keeps it. */
export function newPhone(): string {
  return `+4930${String(randomBytes(4).readUInt32BE() % 1e8).padStart(8, '0')}`
}

/**
 * Creates an account with a password by Kratos's admin API.
 *
 * @param profile whose Kratos
 * @param traits besides the e-mail address
 */
export function createPerson(
  profile: ProfileName = 'sameOrigin',
  traits: Readonly<Record<string, unknown>> = {},
): Promise<Person> {
  return create(profile, traits, true)
}

/** Creates an account with a password and an address that nobody has verified. */
export function createUnverified(profile: ProfileName): Promise<Person> {
  return create(profile, {}, false)
}

async function create(
  profile: ProfileName,
  traits: Readonly<Record<string, unknown>>,
  verified: boolean,
): Promise<Person> {
  const { email, password } = newPerson()
  const identity = await admin<{ id: string }>(profile, 'POST', '/identities', {
    schema_id: 'default',
    traits: { email, ...traits },
    credentials: { password: { config: { password } } },
    verifiable_addresses: [{ value: email, via: 'email', verified, status: verified ? 'completed' : 'pending' }],
  })
  return { id: identity.id, email, password }
}

/**
 * Calls Kratos's admin API.
 *
 * @param profile whose Kratos
 * @param path below `/admin`
 * @throws Error for any status but 2xx
 */
export async function admin<T>(profile: ProfileName, method: string, path: string, body?: unknown): Promise<T> {
  const { adminPort } = readKratosPorts(configsOf(PROFILES[profile]))
  const answer = await fetch(`http://127.0.0.1:${adminPort}/admin${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
