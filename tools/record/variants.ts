import { inputValue } from './person.ts'
import { register } from './security-key.ts'
import { ORIGIN, PASSWORD, type Stage, signUp } from './stage.ts'

/** Sign-up and sign-in that ask for the identifier first. */
export async function twoSteps({ person, keep }: Stage): Promise<void> {
  const email = 'zoe@example.org'
  let someone = person()
  let flow = await someone.start('registration')
  keep('registration-two-step', flow)
  const profile = { 'traits.email': email, 'traits.name.first': 'Zoe', 'traits.name.last': '' }
  keep(
    'registration-two-step-errors',
    await someone.submit(flow, { method: 'profile', ...profile, 'traits.email': 'z' }),
  )
  someone = person()
  flow = await someone.submit(await someone.start('registration'), { method: 'profile', ...profile })
  keep('registration-two-step-credentials', flow)
  await someone.finish(flow, { method: 'password', ...profile, password: PASSWORD })

  someone = person()
  flow = await someone.start('login')
  keep('login-identifier-first', flow)
  keep('login-identifier-first-errors', await someone.submit(flow, { method: 'identifier_first', identifier: '' }))
  flow = await someone.submit(flow, { method: 'identifier_first', identifier: email })
  keep('login-identifier-first-credentials', flow)
  keep('login-identifier-first-code-sent', await someone.submit(flow, { method: 'code', identifier: email }))
}

/** Security keys in place of a password; codes as second factor. */
export async function passwordless({ person, keep }: Stage): Promise<void> {
  const email = 'wanda@example.org'
  let someone = person()
  let flow = await someone.start('registration')
  keep('registration-webauthn', flow)
  const key = register(inputValue(flow, 'webauthn_register_trigger'), ORIGIN, 'passwordless')
  const profile = { 'traits.email': email, webauthn_register: key, webauthn_register_displayname: 'My key' }
  await someone.finish(flow, { method: 'webauthn', ...profile })
  keep('login-aal2-code', await someone.start('login', { aal: 'aal2' }))

  someone = person()
  flow = await someone.start('login')
  keep('login-webauthn', flow)
  keep('login-webauthn-key', await someone.submit(flow, { method: 'webauthn', identifier: email }))

  someone = person()
  await signUp(someone, 'mia@example.org')
  flow = await someone.start('login', { aal: 'aal2' })
  const address = { address: 'mia@example.org' }
  keep('login-aal2-code-sent', await someone.submit(flow, address))
}

/** A trait of each kind of input, links in place of codes, and a flow that has expired. */
export async function traits({ person, keep }: Stage): Promise<void> {
  const email = 'theo@example.org'
  let someone = person()
  let flow = await someone.start('registration')
  keep('registration-traits', flow)
  const good = { 'traits.email': email, 'traits.website': 'https://example.org', 'traits.tos': 'true' }
  const bad = {
    'traits.website': '1234',
    'traits.age': '12',
    'traits.tos': 'false',
    'traits.born': '2000-01-31',
  }
  keep('registration-traits-errors', await someone.submit(flow, { method: 'password', ...good, ...bad, password: 'x' }))
  await someone.finish(flow, { method: 'password', ...good, 'traits.newsletter': 'true', password: PASSWORD })
  keep('settings-traits', await someone.start('settings'))

  someone = person()
  flow = await someone.start('login')
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const credentials = { method: 'password', identifier: email, password: PASSWORD }
  keep('login-expired-replaced', await someone.submit(flow, credentials))

  for (const type of ['recovery', 'verification'] as const) {
    someone = person()
    keep(`${type}-link-sent`, await someone.submit(await someone.start(type), { method: 'link', email }))
  }
}
