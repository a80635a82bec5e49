import { randomBytes } from 'node:crypto'

/** Somebody who visits. The id is Kratos's, once there is an account. */
export type Person = { email: string; password: string; id?: string }

/** An address and a password that nobody has yet. */
export function newPerson(): Person {
  const unique = randomBytes(6).toString('hex')
  return { email: `visitor-${unique}@example.org`, password: `${randomBytes(9).toString('base64url')}-Aa1` }
}

/** What Kratos itself holds, by its admin API: the truth that pages are compared with. */
export class Accounts {
  readonly #admin: string
  readonly #public: string

  constructor(kratos: { adminUrl: string; publicUrl: string }) {
    this.#admin = kratos.adminUrl
    this.#public = kratos.publicUrl
  }

  /** Creates an account. */
  async create(): Promise<Person> {
    const person = newPerson()
    const answer = await fetch(`${this.#admin}/admin/identities`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        schema_id: 'default',
        traits: { email: person.email, name: { first: 'Before' } },
        credentials: { password: { config: { password: person.password } } },
      }),
    })
    if (!answer.ok) throw new Error(`Kratos answered ${answer.status} to a new account`)
    return { ...person, id: ((await answer.json()) as { id: string }).id }
  }

  /** The account with an address: its id and its first name. */
  async find(email: string): Promise<{ id: string; first: string | undefined } | undefined> {
    type Identity = { id: string; traits: { name?: { first?: string } } }
    const [found] = await this.#get<Identity[]>(`/admin/identities?credentials_identifier=${encodeURIComponent(email)}`)
    return found && { id: found.id, first: found.traits.name?.first }
  }

  async activeSessions(id: string): Promise<number> {
    return (await this.#get<unknown[]>(`/admin/identities/${id}/sessions?active=true`)).length
  }

  /** How many messages Kratos wrote, or is about to write, to an address. */
  async messagesTo(email: string): Promise<number> {
    return (await this.#get<unknown[]>(`/admin/courier/messages?recipient=${encodeURIComponent(email)}`)).length
  }

  /** Whether the session of a browser with these cookies is alive. */
  async isSignedIn(cookie: string): Promise<boolean> {
    return (await fetch(`${this.#public}/sessions/whoami`, { headers: { cookie } })).status === 200
  }

  async #get<T>(path: string): Promise<T> {
    const answer = await fetch(this.#admin + path)
    if (!answer.ok) throw new Error(`Kratos answered ${answer.status} to GET ${path.split('?', 1)[0]}`)
    return (await answer.json()) as T
  }
}
