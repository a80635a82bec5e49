import { generate } from 'otplib'
import { inputValue } from './person.ts'
import { register } from './security-key.ts'
import { addKey, ORIGIN, PASSWORD, type Stage, signIn, signUp, textOf } from './stage.ts'

/** Sign-up, sign-in and recovery, with their errors, and the session that they make. */
export async function signedOut({ person, keep, codeFor }: Stage): Promise<void> {
  const [email, code] = ['anna@example.org', 'cora@example.org']
  let flow = await person().start('registration')
  keep('registration', flow)

  let someone = person()
  flow = await someone.start('registration')
  keep('registration-errors', await someone.submit(flow, { method: 'password', 'traits.email': 'a', password: 'a' }))

  someone = person()
  await signUp(someone, email)
  keep('session', await someone.get('/sessions/whoami'))
  flow = await someone.start('login', { refresh: 'true' })
  keep('login-refresh', flow)

  someone = person()
  flow = await someone.start('registration')
  const again = { method: 'password', 'traits.email': email, password: PASSWORD }
  keep('registration-duplicate', await someone.submit(flow, again))

  someone = person()
  flow = await someone.start('registration')
  flow = await someone.submit(flow, { method: 'code', 'traits.email': code, 'traits.name.first': 'Cora' })
  keep('registration-code-sent', flow)
  const wrong = { method: 'code', 'traits.email': code, 'traits.name.first': 'Cora', code: '000000' }
  keep('registration-code-wrong', await someone.submit(flow, wrong))
  const right = { ...wrong, code: await codeFor(code) }
  await someone.finish(flow, right)

  someone = person()
  flow = await someone.start('login')
  keep('login', flow)
  const credentials = { method: 'password', identifier: email, password: 'not the one' }
  keep('login-wrong-password', await someone.submit(flow, credentials))
  keep('login-errors', await someone.submit(flow, { method: 'password', identifier: '', password: '' }))

  someone = person()
  flow = await someone.start('login')
  flow = await someone.submit(flow, { method: 'code', identifier: code })
  keep('login-code-sent', flow)
  keep('login-code-wrong', await someone.submit(flow, { method: 'code', identifier: code, code: '000000' }))

  someone = person()
  flow = await someone.start('recovery')
  keep('recovery', flow)
  keep('recovery-errors', await someone.submit(flow, { method: 'code', email: '' }))
  flow = await someone.submit(flow, { method: 'code', email })
  keep('recovery-code-sent', flow)
  keep('recovery-code-wrong', await someone.submit(flow, { method: 'code', code: '000000' }))
  keep('settings-after-recovery', await someone.submit(flow, { method: 'code', code: await codeFor(email) }))
}

/** Verification of an address by a code. */
export async function verification({ person, keep, codeFor }: Stage): Promise<void> {
  const email = 'vera@example.org'
  await signUp(person(), email)
  const someone = person()
  let flow = await someone.start('verification')
  keep('verification', flow)
  keep('verification-errors', await someone.submit(flow, { method: 'code', email: 'no address' }))
  flow = await someone.submit(flow, { method: 'code', email })
  keep('verification-code-sent', flow)
  keep('verification-code-wrong', await someone.submit(flow, { method: 'code', code: '000000' }))
  keep('verification-passed', await someone.submit(flow, { method: 'code', code: await codeFor(email) }))
}

/** The settings, saved and refused. */
export async function signedIn({ person, keep }: Stage): Promise<void> {
  const email = 'sara@example.org'
  const someone = person()
  await signUp(someone, email)
  let flow = await someone.start('settings')
  keep('settings', flow)
  keep('settings-password-error', await someone.submit(flow, { method: 'password', password: 'short' }))
  const profile = { method: 'profile', 'traits.email': 'no address', 'traits.name.first': 'Sara' }
  flow = await someone.start('settings')
  keep('settings-profile-error', await someone.submit(flow, profile))
  flow = await someone.start('settings')
  keep('settings-saved', await someone.submit(flow, { ...profile, 'traits.email': email }))
}

/** An authenticator app, backup codes and a security key: set up, and asked for at sign-in. */
export async function secondFactors({ person, keep }: Stage): Promise<void> {
  const email = 'tina@example.org'
  let someone = person()
  await signUp(someone, email)
  let flow = await someone.start('settings')
  keep('settings-totp-wrong', await someone.submit(flow, { method: 'totp', totp_code: '000000' }))
  const secret = textOf(flow, 'totp_secret_key')
  flow = await someone.submit(flow, { method: 'totp', totp_code: await generate({ secret }) })
  keep('settings-totp-enrolled', flow)
  flow = await someone.submit(flow, { lookup_secret_reveal: 'true' })
  flow = await someone.submit(flow, { lookup_secret_regenerate: 'true' })
  keep('settings-lookup-created', flow)
  const [code = ''] = textOf(flow, 'lookup_secret_codes').split(', ')
  flow = await someone.submit(flow, { lookup_secret_confirm: 'true' })
  keep('settings-lookup-confirmed', flow)
  flow = await addKey(someone, flow, 'webauthn', 'second factor')

  someone = person()
  await signIn(someone, email)
  flow = await someone.start('login', { aal: 'aal2' })
  keep('login-aal2', flow)
  keep('login-aal2-wrong', await someone.submit(flow, { method: 'totp', totp_code: '000000' }))
  flow = await someone.start('login', { aal: 'aal2' })
  await someone.finish(flow, { method: 'lookup_secret', lookup_secret: code })
  flow = await someone.start('settings')
  keep('settings-lookup-revealed', await someone.submit(flow, { lookup_secret_reveal: 'true' }))
}

/** Settings with security keys and a passkey. */
export async function keys({ person, keep }: Stage): Promise<void> {
  const someone = person()
  await signUp(someone, 'keya@example.org')
  let flow = await someone.start('settings')
  for (const name of ['first', 'second']) flow = await addKey(someone, flow, 'webauthn', name)
  const result = register(inputValue(flow, 'passkey_create_data'), ORIGIN, 'passkey')
  flow = await someone.submit(flow, { method: 'passkey', passkey_settings_register: result })
  keep('settings-keys', flow)
}

/** Settings with a social account. */
export async function linked({ person, keep, createIdentity }: Stage): Promise<void> {
  const email = 'otto@example.org'
  const oidc = { config: { providers: [{ provider: 'google', subject: 'recorded' }] } }
  const password = { config: { password: PASSWORD } }
  await createIdentity({ schema_id: 'default', traits: { email }, credentials: { password, oidc } })
  const someone = person()
  await signIn(someone, email)
  keep('settings-oidc-linked', await someone.start('settings'))
}
