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

  /** How many messages Kratos wrote, or is about to write, to an address. */
  async messagesTo(email: string): Promise<number> {
    return (await this.#get<unknown[]>(`/admin/courier/messages?recipient=${encodeURIComponent(email)}`)).length
  }

  /** Whose session a browser with these cookies has; undefined when it has none that is alive. */
  async signedIn(cookie: string): Promise<{ email: string; first: string | undefined } | undefined> {
    // Not by a search for the address: the more accounts there are, the longer it takes Kratos on SQLite, up to seconds.
    const answer = await fetch(`${this.#public}/sessions/whoami`, { headers: { cookie } })
    if (answer.status !== 200) return undefined
    const { identity } = (await answer.json()) as { identity: { traits: { email: string; name?: { first?: string } } } }
    return { email: identity.traits.email, first: identity.traits.name?.first }
  }

  async #get<T>(path: string): Promise<T> {
    const answer = await fetch(this.#admin + path)
    if (!answer.ok) throw new Error(`Kratos answered ${answer.status} to GET ${path.split('?', 1)[0]}`)
    return (await answer.json()) as T
  }
}
