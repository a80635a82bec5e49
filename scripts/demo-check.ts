import { Browser } from '../tools/http/browser.ts'
import { KratosAdmin } from '../tools/kratos/kratos-admin.ts'

/** What the check is run against. */
export type CheckOptions = {
  uiUrl: string
  adminUrl: string
  /** the example application, and the issuer that it trusts; only with OAuth2 */
  application?: { url: string; issuer: string } | undefined
  log: (line: string) => void
}

/**
 * Signs up, signs in, changes the settings and signs out, over plain HTTP through the pages of the UI, and reads each
 * result back from Kratos's admin API. With OAuth2, signs in to the example application as well, which checks its tokens.
 *
 * @returns whether every step succeeded; the first that fails is the last, since each builds on the one before
 */
export async function checkDemo({ uiUrl, adminUrl, application, log }: CheckOptions): Promise<boolean> {
  const admin = new KratosAdmin(adminUrl)
  const email = `check-${Date.now()}@example.org`
  const passwords = { first: `first-${crypto.randomUUID()}`, second: `second-${crypto.randomUUID()}` }
  let browser = new Browser(uiUrl)
  let id = ''

  const steps: Step[] = [
    [
      'sign up',
      async () => {
        await browser.open(`${uiUrl}/registration`)
        await browser.submit('password', {
          'traits.email': email,
          'traits.name.first': 'Check',
          password: passwords.first,
        })
        const identity = await admin.identityOf(email)
        id = identity.id
        expect(identity.traits.name?.first === 'Check', `the first name is ${identity.traits.name?.first}`)
        expect((await admin.activeSessions(id)) === 1, 'sign-up did not sign in')
      },
    ],
    ['sign out after it', () => signOut()],
    [
      'sign in',
      async () => {
        await signIn(passwords.first)
        expect((await admin.activeSessions(id)) === 1, 'there is no active session')
      },
    ],
    [
      'change the profile',
      async () => {
        await browser.open(`${uiUrl}/settings`)
        await browser.submit('profile', { 'traits.name.first': 'Checked' })
        const { traits } = await admin.identityOf(email)
        expect(traits.name?.first === 'Checked', `the first name is still ${traits.name?.first}`)
        expect(traits.email === email, 'the e-mail address has changed too')
      },
    ],
    [
      'change the password',
      async () => {
        await browser.open(`${uiUrl}/settings`)
        await browser.submit('password', { password: passwords.second })
      },
    ],
    ['sign out', () => signOut()],
    [
      'sign in with the old password is refused',
      async () => {
        await signIn(passwords.first)
        expect((await admin.activeSessions(id)) === 0, 'it made a session')
      },
    ],
    [
      'sign in with the new password',
      async () => {
        await signIn(passwords.second)
        expect((await admin.activeSessions(id)) === 1, 'there is no active session')
      },
    ],
    ['sign out again', () => signOut()],
    ...(application ? [['sign in to the application', () => signInTo(application)] as Step] : []),
  ]

  for (const [name, step] of steps) {
    const failure = await step().then(
      () => undefined,
      (error: Error) => error.message,
    )
    log(`${failure === undefined ? 'ok      ' : 'FAILED  '}${name}${failure === undefined ? '' : `: ${failure}`}`)
    if (failure !== undefined) return false
  }
  return true

  async function signIn(password: string): Promise<void> {
    browser = new Browser(uiUrl)
    await browser.open(`${uiUrl}/login`)
    await browser.submit('password', { identifier: email, password })
  }

  async function signInTo({ url, issuer }: { url: string; issuer: string }): Promise<void> {
    browser = new Browser(uiUrl, [url, issuer])
    // For this client nobody is asked to consent.
    await browser.open(`${url}/start?client=direct&page=1`)
    await browser.submit('password', { identifier: email, password: passwords.second })
    expect(browser.html.includes(id), 'the application does not show who signed in')
  }

  async function signOut(): Promise<void> {
    await browser.open(`${uiUrl}/welcome`)
    await browser.follow('logout')
    expect((await admin.activeSessions(id)) === 0, 'the session is still active')
  }
}

type Step = [name: string, run: () => Promise<void>]

function expect(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}
