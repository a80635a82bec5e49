/** What the scripts read of an identity. */
export type Identity = { id: string; traits: { email: string; name?: { first?: string; last?: string } } }

/** The few calls of Kratos's admin API that the scripts make. Each throws an Error on any other answer than a 200. */
export class KratosAdmin {
  readonly #url: string

  /** @param url of the admin API, without a slash at the end */
  constructor(url: string) {
    this.#url = url
  }

  /** The identity with this e-mail address. Throws when there is not exactly one. */
  async identityOf(email: string): Promise<Identity> {
    const query = new URLSearchParams({ credentials_identifier: email })
    const found = (await this.#get(`/admin/identities?${query}`)) as Identity[]
    const [identity] = found
    if (!identity || found.length > 1) throw new Error(`Kratos has ${found.length} identities for ${email}`)
    return identity
  }

  /** How many active sessions an identity has. */
  async activeSessions(id: string): Promise<number> {
    const sessions = (await this.#get(`/admin/identities/${id}/sessions?active=true`)) as unknown[]
    return sessions.length
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(this.#url + path)
    if (!response.ok) throw new Error(`Kratos answered ${response.status} to GET ${path}`)
    return response.json()
  }
}
