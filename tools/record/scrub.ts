import { createHash } from 'node:crypto'
import { QR_CODE } from './qr-code.ts'

const LATER = new Set(['expires_at', 'privileged_session_expires_at', 'privilegedSessionExpiresAt'])
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * Replaces whatever differs from one recording to the next (ids, tokens, challenges, times, secrets) by fixed values of
 * the same form, so that a change in a recorded file is a change in Kratos.
 *
 * @param recorded JSON as Kratos sent it
 * @returns a copy, its keys in the same order
 */
export function scrub(recorded: unknown): unknown {
  const secrets = new Map<string, string>()
  collectSecrets(recorded, secrets)
  const ids = new Map<string, string>()
  return walk(recorded, '')

  function walk(value: unknown, key: string): unknown {
    if (Array.isArray(value)) return (key === 'nodes' ? sorted(value) : value).map((item) => walk(item, key))
    if (typeof value === 'string') return text(value, key)
    if (typeof value === 'number') return /_at_unix$/.test(key) ? 1767270600 : value
    if (typeof value !== 'object' || value === null) return value
    const object = value as Record<string, unknown>
    const members = Object.entries(object)
    // Kratos writes the traits of an identity in any order.
    if (key === 'traits') members.sort(([a], [b]) => (a < b ? -1 : 1))
    const entries = members.map(([name, member]) => {
      if (name === 'value' && object.name === 'csrf_token') return [name, fixed('csrf', 88)]
      return [name, walk(member, name)]
    })
    return Object.fromEntries(entries)
  }

  function text(value: string, key: string): string {
    if (TIME.test(value)) return LATER.has(key) ? '2026-01-01T13:30:00Z' : '2026-01-01T12:30:00Z'
    if (value.startsWith('data:image/png')) return QR_CODE
    if (/^(challenge|nonce|integrity)$/.test(key)) return key === 'integrity' ? value : fixed(key, 43)
    if (key === 'id' && /^[\w-]{22}$|^[\w-]{43}$|^[\w-]{86}$/.test(value)) return fixed('user', value.length)
    // WebAuthn options and the like: JSON inside JSON.
    if (/^\{"/.test(value)) return JSON.stringify(walk(JSON.parse(value), ''))
    let result = value
    for (const [secret, replacement] of secrets) result = result.replaceAll(secret, replacement)
    return result
      .replace(UUID, idOf)
      .replace(/("challenge":")[\w-]{43}/g, (_, head: string) => head + fixed('challenge', 43))
      .replace(
        /("id":")([\w-]{22}|[\w-]{43}|[\w-]{86})(?=")/g,
        (_, head: string, id: string) => head + fixed('user', id.length),
      )
      .replace(/^127\.0\.0\.1:\d+$/, '127.0.0.1:50000')
      .replace(/\d+\.\d\d minutes/, '2.00 minutes')
      .replace(/(token|code|state)=[\w-]{6,}/g, '$1=recorded')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^"]*? UTC/g, '2026-01-01 12:30:00 +0000 UTC')
  }

  function idOf(id: string): string {
    const known = ids.get(id) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(id, known)
    return known
  }
}

/** Kratos sends hidden traits in any order: they swap places until they stand in the order of their names. */
function sorted(nodes: unknown[]): unknown[] {
  const traits = nodes.filter(isHiddenTrait).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return nodes.map((node) => (isHiddenTrait(node) ? traits.shift() : node))
}

function isHiddenTrait(node: unknown): boolean {
  return (node as Node).attributes.type === 'hidden' && nameOf(node).startsWith('traits.')
}

function nameOf(node: unknown): string {
  return (node as Node).attributes.name ?? ''
}

type Node = { attributes: { type?: string; name?: string } }

/** Backup codes and TOTP secrets stand in a message's context, and again in texts. */
function collectSecrets(value: unknown, found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (name === 'secret' && typeof member === 'string' && !found.has(member)) {
      // Base32 of 32 characters, or 8 letters and digits, as Kratos makes them.
      const isTotp = /^[A-Z2-7]{16,}$/.test(member)
      found.set(member, isTotp ? 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' : digest(`code ${found.size}`).slice(0, 8))
    } else collectSecrets(member, found)
  }
}

function fixed(name: string, length: number): string {
  const text = createHash('sha512').update(name).digest('base64url')
  return length === 88 ? `${text.slice(0, 86)}==` : text.slice(0, length)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
