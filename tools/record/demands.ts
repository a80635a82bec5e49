import { setTimeout as wait } from 'node:timers/promises'
import { PASSWORD, type Stage, signUp } from './stage.ts'

const password = { config: { password: PASSWORD } }

/** A login that wants a verified address. */
export async function unverified({ person, keep, createIdentity }: Stage): Promise<void> {
  const email = 'una@example.org'
  await createIdentity({ schema_id: 'default', traits: { email }, credentials: { password } })
  const someone = person()
  const flow = await someone.start('login')
  const credentials = { method: 'password', identifier: email, password: PASSWORD }
  keep('login-unverified', await someone.submit(flow, credentials))
}

/** Codes by text message: at the sign-in, and to verify the phone of a sign-up. */
export async function textMessages({ person, keep, createIdentity }: Stage): Promise<void> {
  const phone = '+4930123456'
  await createIdentity({ schema_id: 'default', traits: { phone }, credentials: { password } })
  let someone = person()
  let flow = await someone.start('login')
  flow = await someone.submit(flow, { method: 'code', identifier: phone })
  keep('login-code-sent-phone', flow)

  someone = person()
  flow = await someone.start('registration')
  keep('registration-phone', flow)
  keep('registration-phone-errors', await someone.submit(flow, { method: 'password', password: PASSWORD }))
  const profile = { method: 'password', 'traits.phone': '+4930654321', password: PASSWORD }
  keep('verification-code-sent-phone', await someone.submit(flow, profile))
}

/** Codes as a second factor, to an address or a phone. */
export async function secondAddresses({ person, keep, createIdentity }: Stage): Promise<void> {
  const [email, phone] = ['pia@example.org', '+4930123456']
  await createIdentity({ schema_id: 'default', traits: { email, phone }, credentials: { password } })
  const someone = person()
  let flow = await someone.start('login')
  flow = await someone.submit(flow, { method: 'password', identifier: email, password: PASSWORD })
  keep('login-aal2-code-addresses', flow)
  keep('login-aal2-code-sent-phone', await someone.submit(flow, { address: phone }))
}

/** Forms that were sent too late. */
export async function expired({ person, keep }: Stage): Promise<void> {
  const email = 'late@example.org'
  for (const [type, values] of [
    ['registration', { method: 'password', 'traits.email': email, password: PASSWORD }],
    ['recovery', { method: 'code', email }],
    ['verification', { method: 'code', email }],
    ['settings', { method: 'profile', 'traits.email': email }],
  ] as const) {
    const someone = person()
    if (type === 'settings') await signUp(someone, email)
    const flow = await someone.start(type)
    await wait(1200)
    keep(`${type}-expired-replaced`, await someone.submit(flow, values))
  }
}
