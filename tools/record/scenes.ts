import { generate } from 'otplib'
import type { Flow } from '../../lib/kratos/flows.ts'
import { inputValue, type Person, type Values } from './person.ts'
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

/** Settings of Kratos (by its environment variables), and what is recorded with them. */
export type Scene = { name: string; env: Values; record: (stage: Stage) => Promise<void> }

const ORIGIN = 'http://localhost:4495'
const PASSWORD = 'a long password for recording'
const METHODS = 'SELFSERVICE_METHODS_'

/** Every scene, each with a Kratos of its own settings. */
export const SCENES: readonly Scene[] = [
  {
    name: 'all methods',
    env: {},
    async record(stage) {
      await signedOut(stage)
      await verification(stage)
      await signedIn(stage)
      await secondFactors(stage)
      await keys(stage)
      await linked(stage)
    },
  },
  {
    name: 'two steps',
    env: {
      SELFSERVICE_FLOWS_REGISTRATION_ENABLE_LEGACY_ONE_STEP: 'false',
      SELFSERVICE_FLOWS_LOGIN_STYLE: 'identifier_first',
      [`${METHODS}WEBAUTHN_CONFIG_PASSWORDLESS`]: 'true',
    },
    record: twoSteps,
  },
  {
    name: 'security keys without a password, codes as second factor',
    env: {
      [`${METHODS}WEBAUTHN_CONFIG_PASSWORDLESS`]: 'true',
      [`${METHODS}CODE_PASSWORDLESS_ENABLED`]: 'false',
      [`${METHODS}CODE_MFA_ENABLED`]: 'true',
    },
    record: passwordless,
  },
  {
    name: 'social sign-in only',
    env: Object.fromEntries(
      ['PASSWORD', 'CODE', 'CODE_PASSWORDLESS', 'PASSKEY', 'WEBAUTHN', 'TOTP', 'LOOKUP_SECRET', 'LINK'].map(
        (name) => [`${METHODS}${name}_ENABLED`, 'false'],
      ),
    ),
    async record({ person, keep }) {
      keep('login-oidc-only', await person().start('login'))
      keep('registration-oidc-only', await person().start('registration'))
    },
  },
  {
    name: 'traits of every kind, links, flows that expire at once',
    env: {
      IDENTITY_DEFAULT_SCHEMA_ID: 'traits',
      SELFSERVICE_FLOWS_LOGIN_LIFESPAN: '1s',
      SELFSERVICE_FLOWS_RECOVERY_USE: 'link',
      SELFSERVICE_FLOWS_VERIFICATION_USE: 'link',
    },
    record: traits,
  },
]

async function signedOut({ person, keep, codeFor }: Stage): Promise<void> {
  const [email, code] = ['anna@example.org', 'cora@example.org']
  let flow = await person().start('registration')
  keep('registration', flow)

  let someone = person()
  flow = await someone.start('registration')
  keep(
    'registration-errors',
    await someone.submit(flow, { method: 'password', 'traits.email': 'a', password: 'a' }),
  )

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

async function verification({ person, keep, codeFor }: Stage): Promise<void> {
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

async function signedIn({ person, keep }: Stage): Promise<void> {
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

async function secondFactors({ person, keep }: Stage): Promise<void> {
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

async function keys({ person, keep }: Stage): Promise<void> {
  const someone = person()
  await signUp(someone, 'keya@example.org')
  let flow = await someone.start('settings')
  for (const name of ['first', 'second']) flow = await addKey(someone, flow, 'webauthn', name)
  const result = register(inputValue(flow, 'passkey_create_data'), ORIGIN, 'passkey')
  flow = await someone.submit(flow, { method: 'passkey', passkey_settings_register: result })
  keep('settings-keys', flow)
}

async function linked({ person, keep, createIdentity }: Stage): Promise<void> {
  const email = 'otto@example.org'
  const oidc = { config: { providers: [{ provider: 'google', subject: 'recorded' }] } }
  const password = { config: { password: PASSWORD } }
  await createIdentity({ schema_id: 'default', traits: { email }, credentials: { password, oidc } })
  const someone = person()
  await signIn(someone, email)
  keep('settings-oidc-linked', await someone.start('settings'))
}

async function twoSteps({ person, keep }: Stage): Promise<void> {
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
  keep(
    'login-identifier-first-errors',
    await someone.submit(flow, { method: 'identifier_first', identifier: '' }),
  )
  flow = await someone.submit(flow, { method: 'identifier_first', identifier: email })
  keep('login-identifier-first-credentials', flow)
}

async function passwordless({ person, keep }: Stage): Promise<void> {
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

async function traits({ person, keep }: Stage): Promise<void> {
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
  keep(
    'registration-traits-errors',
    await someone.submit(flow, { method: 'password', ...good, ...bad, password: 'x' }),
  )
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

async function signUp(someone: Person, email: string): Promise<void> {
  const flow = await someone.start('registration')
  await someone.finish(flow, { method: 'password', 'traits.email': email, password: PASSWORD })
}

async function signIn(someone: Person, email: string): Promise<void> {
  const flow = await someone.start('login')
  await someone.finish(flow, { method: 'password', identifier: email, password: PASSWORD })
}

function addKey(someone: Person, flow: Flow, method: 'webauthn', name: string): Promise<Flow> {
  const key = register(inputValue(flow, 'webauthn_register_trigger'), ORIGIN, name)
  const values = { webauthn_register: key, webauthn_register_displayname: `My ${name} key` }
  return someone.submit(flow, { method, ...values })
}

function textOf(flow: Flow, id: string): string {
  for (const { attributes } of flow.ui.nodes) {
    if ('text' in attributes && attributes.id === id) return attributes.text.text
  }
  throw new Error(`the flow has no text ${id}`)
}
