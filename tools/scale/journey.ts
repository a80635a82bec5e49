import { type Accounts, newPerson } from '../faults/accounts.ts'
import { changeName, signIn, signOut, signUp, until } from '../faults/journeys.ts'
import type { Visitor } from '../faults/visitor.ts'

/** How long somebody tries, in ms. */
const PATIENCE = 120_000
/** The cookie of REMEMBER_ACCOUNTS. */
const KNOWN = 'ksui_known='
/** What is said where a sign-up did not wait for Kratos (lib/remember-account.ts): there is no cookie that could have been lost. */
export const NOT_REMEMBERED = 'not remembered'

/**
 * Signs up and out, in again, changes a name, looks at the sessions, and signs out; then asks Kratos whether all of it is so.
 *
 * @returns {@link NOT_REMEMBERED}, what was lost on the way, and each time that somebody had to sign in who was signed in
 */
export async function wholeJourney(visitor: Visitor, accounts: Accounts): Promise<string[]> {
  const wrong: string[] = []
  const person = newPerson()
  const first = `Name ${person.email.slice(8, 16)}`
  const deadline = Date.now() + PATIENCE
  const signedIn = async (step: () => Promise<boolean>): Promise<boolean> => {
    const done = await step()
    if (done || !visitor.isAt('/login')) return done
    wrong.push('signed out')
    await signIn(visitor, person)
    return false
  }
  await until('sign-up', deadline, () => signUp(visitor, person))
  await until('sign-out', deadline, () => signOut(visitor))
  await until('known account', deadline, async () => (await visitor.reach('/login')) === 'page')
  if (!visitor.cookie.includes(KNOWN)) wrong.push(NOT_REMEMBERED)
  else if (!visitor.isAt('/login', person.email)) wrong.push('lost: the account that signed in here before')
  await until('sign-in', deadline, () => signIn(visitor, person))
  const { cookie } = visitor
  await until('settings', deadline, () => signedIn(() => changeName(visitor, first)))
  await until('sessions', deadline, () =>
    signedIn(async () => (await visitor.reach('/sessions')) === 'page' && visitor.isAt('/sessions', person.email)),
  )
  const held = await accounts.signedIn(cookie)
  if (!held) wrong.push('lost: a session')
  else if (held.first !== first) wrong.push('lost: a change of a name')
  await until('sign-out', deadline, () => signOut(visitor))
  if (await accounts.signedIn(cookie)) wrong.push('lost: a sign-out')
  return wrong
}
