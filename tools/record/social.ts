import type { Flow } from '../../lib/kratos/flows.ts'
import { answerProvider } from './identity-provider.ts'
import type { Person, Values } from './person.ts'
import { PASSWORD, type Stage, signIn } from './stage.ts'

/** Social sign-in with a provider that answers: traits that it does not tell, and accounts that are there already. */
export async function social({ person, keep, createIdentity }: Stage): Promise<void> {
  const [withPassword, withGitHub] = ['lena@example.org', 'gitta@example.org']
  const password = { config: { password: PASSWORD } }
  const github = { config: { providers: [{ provider: 'github', subject: 'gitta' }] } }
  const traits = (email: string) => ({ schema_id: 'default', traits: { email } })
  await createIdentity({ ...traits(withPassword), credentials: { password } })
  await createIdentity({ ...traits(withGitHub), credentials: { oidc: github } })

  let someone = person()
  let flow = await someone.start('registration')
  const newcomer = { subject: 'nora', given_name: 'Nora' }
  keep('registration-oidc-missing', await choose(someone, flow, { provider: 'google' }, newcomer))

  for (const [name, email] of [
    ['login-link', withPassword],
    ['login-link-social', withGitHub],
  ] as const) {
    someone = person()
    flow = await someone.start('login')
    keep(name, await choose(someone, flow, { provider: 'google' }, { subject: name, email }))
  }

  someone = person()
  flow = await someone.start('registration')
  const again = { method: 'password', 'traits.email': withGitHub, password: PASSWORD }
  keep('registration-duplicate-social', await someone.submit(flow, again))

  someone = person()
  await signIn(someone, withPassword)
  flow = await someone.start('settings')
  keep('settings-oidc-taken', await choose(someone, flow, { link: 'github' }, { subject: 'gitta' }))
}

/** Presses a social button, answers as an account, and comes back. */
async function choose(someone: Person, flow: Flow, button: Values, account: Values): Promise<Flow> {
  return someone.comeBack(await answerProvider(await someone.leave(flow, button), account))
}
