import type { Flow } from '../../lib/kratos/flows.ts'
import { inputValue, type Person } from './person.ts'
import { register } from './security-key.ts'

/** What a scene works with. */
export type Stage = {
  /** Somebody new at a browser. */
  person: () => Person
  /** Keeps an answer of Kratos as e2e/flows/<name>.json. */
  keep: (name: string, answer: unknown) => void
  /** The code in the latest mail to an address. */
  codeFor: (email: string) => Promise<string>
  /** Makes an identity by the admin API. */
  createIdentity: (body: unknown) => Promise<void>
}

/** The UI's origin, as in e2e/kratos/record.yml. */
export const ORIGIN = 'http://localhost:4495'
/** Everybody's password. */
export const PASSWORD = 'a long password for recording'

/** Signs up with a password, which signs in. */
export async function signUp(someone: Person, email: string): Promise<void> {
  const flow = await someone.start('registration')
  await someone.finish(flow, { method: 'password', 'traits.email': email, password: PASSWORD })
}

/** Signs in with the password of {@link signUp}. */
export async function signIn(someone: Person, email: string): Promise<void> {
  const flow = await someone.start('login')
  await someone.finish(flow, { method: 'password', identifier: email, password: PASSWORD })
}

/** Adds a security key in the settings. */
export function addKey(someone: Person, flow: Flow, method: 'webauthn', name: string): Promise<Flow> {
  const key = register(inputValue(flow, 'webauthn_register_trigger'), ORIGIN, name)
  const values = { webauthn_register: key, webauthn_register_displayname: `My ${name} key` }
  return someone.submit(flow, { method, ...values })
}

/** What a text of a flow says. Throws when the flow has no text of that id. */
export function textOf(flow: Flow, id: string): string {
  for (const { attributes } of flow.ui.nodes) {
    if ('text' in attributes && attributes.id === id) return attributes.text.text
  }
  throw new Error(`the flow has no text ${id}`)
}
