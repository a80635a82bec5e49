import { keys, linked, secondFactors, signedIn, signedOut, verification } from './all-methods.ts'
import { expired, secondAddresses, textMessages, unverified } from './demands.ts'
import type { Values } from './person.ts'
import { social } from './social.ts'
import type { Stage } from './stage.ts'
import { passwordless, traits, twoSteps } from './variants.ts'

/** Settings of Kratos (by its environment variables, or one more file of e2e/kratos), and what is recorded with them. */
export type Scene = { name: string; env: Values; overlay?: string; record: (stage: Stage) => Promise<void> }

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
      ['PASSWORD', 'CODE', 'CODE_PASSWORDLESS', 'PASSKEY', 'WEBAUTHN', 'TOTP', 'LOOKUP_SECRET', 'LINK'].map((name) => [
        `${METHODS}${name}_ENABLED`,
        'false',
      ]),
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
  { name: 'social sign-in', env: {}, overlay: 'oidc', record: social },
  { name: 'an address that has to be verified first', env: {}, overlay: 'verified', record: unverified },
  { name: 'codes by text message', env: {}, overlay: 'sms', record: textMessages },
  {
    name: 'codes as a second factor',
    env: { [`${METHODS}CODE_PASSWORDLESS_ENABLED`]: 'false' },
    overlay: 'mfa',
    record: secondAddresses,
  },
  {
    name: 'forms that were sent too late',
    env: Object.fromEntries(
      ['REGISTRATION', 'RECOVERY', 'VERIFICATION', 'SETTINGS'].map((flow) => [
        `SELFSERVICE_FLOWS_${flow}_LIFESPAN`,
        '1s',
      ]),
    ),
    record: expired,
  },
]
