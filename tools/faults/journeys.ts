import { setTimeout as sleep } from 'node:timers/promises'
import { type Accounts, newPerson, type Person } from './accounts.ts'
import type { Visitor } from './visitor.ts'

/** What a person wants, and how often they try. `check` says, after the fault, what Kratos has lost of it. */
export type Journey = { run: (deadline: number) => Promise<void>; check: () => Promise<string | undefined> }

/** Where journeys go. */
export type World = { accounts: Accounts; visitor: () => Visitor; hydra?: { application: string; admin: string } }

/** What people do. */
export type JourneyName = 'sign-up' | 'sign-in' | 'settings' | 'sign-out' | 'recovery' | 'consent'

/** How long somebody waits before they try again, in ms: more each time, but not for ever. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [300, 5_000]
const PASSWORD: [string, string] = ['method', 'password']

/** Makes a journey; the account that it needs is there then. */
export async function journey(name: JourneyName, world: World): Promise<Journey> {
  const visitor = world.visitor()
  const { accounts } = world
  if (name === 'sign-up') {
    const person = newPerson()
    return {
      run: (deadline) => until('sign-up', deadline, () => signUp(visitor, person)),
      check: async () =>
        (await accounts.signedIn(visitor.cookie))?.email === person.email ? undefined : 'a sign-up, or its session',
    }
  }
  const person = await accounts.create()
  const id = person.id ?? ''
  const signedIn = (deadline: number) => until('sign-in', deadline, () => signIn(visitor, person))
  switch (name) {
    case 'sign-in':
      return {
        run: signedIn,
        check: async () => ((await accounts.signedIn(visitor.cookie)) ? undefined : 'a session'),
      }
    case 'settings': {
      const first = `After ${id.slice(0, 8)}`
      return {
        run: async (deadline) => {
          await signedIn(deadline)
          await until('settings', deadline, () => changeName(visitor, first))
        },
        check: async () =>
          (await accounts.signedIn(visitor.cookie))?.first === first ? undefined : 'a change of a name',
      }
    }
    case 'sign-out': {
      let cookie = ''
      return {
        run: async (deadline) => {
          await signedIn(deadline)
          cookie = visitor.cookie
          await until('sign-out', deadline, () => signOut(visitor))
        },
        check: async () => ((await accounts.signedIn(cookie)) ? 'a sign-out' : undefined),
      }
    }
    case 'recovery':
      return {
        run: (deadline) => until('recovery', deadline, () => askForCode(visitor, person)),
        check: async () => ((await accounts.messagesTo(person.email)) > 0 ? undefined : 'a code'),
      }
    case 'consent': {
      const { application = '', admin = '' } = world.hydra ?? {}
      return {
        run: (deadline) => until('consent', deadline, () => consent(visitor, person, application)),
        check: async () => {
          const answer = await fetch(`${admin}/admin/oauth2/auth/sessions/consent?subject=${id}`)
          return ((await answer.json()) as unknown[]).length > 0 ? undefined : 'a consent'
        },
      }
    }
  }
}

/** Tries until it is done: after a page that says "not now", people try again. Throws when the deadline is over. */
export async function until(what: string, deadline: number, step: () => Promise<boolean>): Promise<void> {
  for (let pause = FIRST_PAUSE; !(await step()); pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    if (Date.now() > deadline) throw new Error(`${what}: gave up`)
    await sleep(pause)
  }
}

const isSignedIn = (visitor: Visitor) => visitor.isAt('/welcome', 'data-testid="logout"')

/** Signs up. All of these steps say whether it is done. */
export async function signUp(visitor: Visitor, person: Person): Promise<boolean> {
  if ((await visitor.reach('/registration')) !== 'page') return false
  if (isSignedIn(visitor)) return true
  const traits = { 'traits.email': person.email, 'traits.name.first': 'New', password: person.password }
  if ((await visitor.submit(PASSWORD, traits)) !== 'page') return false
  if (isSignedIn(visitor)) return true
  // Kratos had accepted it when its answer was lost: the account is there, and the password opens it.
  return visitor.isAt('/registration') ? signIn(visitor, person) : false
}

/** Signs in, if that is still to be done. */
export async function signIn(visitor: Visitor, person: Person): Promise<boolean> {
  if ((await visitor.reach('/login')) !== 'page') return false
  if (isSignedIn(visitor)) return true
  await visitor.submit(PASSWORD, { identifier: person.email, password: person.password })
  return isSignedIn(visitor)
}

/** Changes the first name in the settings. */
export async function changeName(visitor: Visitor, first: string): Promise<boolean> {
  if ((await visitor.reach('/settings')) !== 'page' || !visitor.isAt('/settings')) return false
  if ((await visitor.submit(['method', 'profile'], { 'traits.name.first': first })) !== 'page') return false
  return visitor.isAt('/settings', `value="${first}"`) && visitor.html.includes('role="status"')
}

/** Signs out, by the link of the welcome page. */
export async function signOut(visitor: Visitor): Promise<boolean> {
  if ((await visitor.reach('/welcome')) !== 'page') return false
  if (!isSignedIn(visitor)) return true
  await visitor.follow('logout')
  return (await visitor.open('/welcome')) === 'page' && !isSignedIn(visitor)
}

async function askForCode(visitor: Visitor, person: Person): Promise<boolean> {
  if ((await visitor.reach('/recovery')) !== 'page') return false
  // Kratos had sent it when its answer was lost: the link to try again leads to the page that asks for it.
  if (visitor.isAt('/recovery', 'name="code"')) return true
  if ((await visitor.submit(['method', 'code'], { email: person.email })) !== 'page') return false
  return visitor.isAt('/recovery', 'name="code"')
}

/** From the application, by the login and the question, back to the application, which gets its tokens. */
async function consent(visitor: Visitor, person: Person, application: string): Promise<boolean> {
  const start = `${application}/start?client=app&scope=openid`
  if ((await visitor.open(start)) !== 'page') return false
  if (visitor.isAt('/login')) {
    const values = { identifier: person.email, password: person.password }
    if ((await visitor.submit(PASSWORD, values)) !== 'page') return false
  }
  if (visitor.isAt('/consent')) await visitor.submit(['consent_action', 'accept'])
  return visitor.url.origin === application && /"claims": *\{/.test(visitor.html)
}
