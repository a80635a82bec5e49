import { APPLICATION, NATIVE_CALLBACK, NATIVE_GOODBYE } from './places.ts'

/** An OAuth2 client, with the fields and names of Hydra's admin API. */
export type HydraClient = {
  client_id: string
  client_name: string
  client_secret?: string
  redirect_uris: string[]
  post_logout_redirect_uris?: string[]
  grant_types: string[]
  response_types: string[]
  scope: string
  audience: string[]
  token_endpoint_auth_method: 'none' | 'client_secret_basic'
  logo_uri: string
  policy_uri: string
  tos_uri: string
  client_uri: string
  skip_consent: boolean
  skip_logout_consent: boolean
}

/** Every scope that a client of the tests may ask for. */
export const SCOPES = [
  'openid',
  'offline',
  'offline_access',
  'email',
  'profile',
  'phone',
  'address',
  'photos.read',
  'photos.write',
  ...Array.from({ length: 200 }, (_, index) => `scope-${index + 1}`),
]

/** The secret of the confidential clients. */
export const CLIENT_SECRET = 'only-for-tests-client-secret'

/** For them, the stand-in itself gives the consent. A real Hydra asks the consent page, which has skip_consent to go by. */
export const CONSENT_BY_STAND_IN = new Set(['direct', 'direct-device'])

const confidential = {
  client_secret: CLIENT_SECRET,
  token_endpoint_auth_method: 'client_secret_basic',
} as const
const open = { token_endpoint_auth_method: 'none' } as const

/** The clients of the tests. */
export const CLIENTS: readonly HydraClient[] = [
  client('app', {
    ...confidential,
    client_name: 'Photo Album',
    post_logout_redirect_uris: [`${APPLICATION}/goodbye`, NATIVE_GOODBYE],
  }),
  client('trusted', {
    ...confidential,
    client_name: 'House Portal',
    skip_consent: true,
    skip_logout_consent: true,
  }),
  // In TRUSTED_CLIENT_IDS of the UI.
  client('listed', { ...open, client_name: 'Listed Album' }),
  client('native', {
    ...open,
    client_name: 'Pocket Album',
    redirect_uris: [NATIVE_CALLBACK],
    post_logout_redirect_uris: [],
  }),
  client('device', {
    ...open,
    client_name: 'Living Room TV',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    response_types: [],
    redirect_uris: [],
    post_logout_redirect_uris: [],
  }),
  client('direct-device', {
    ...open,
    client_name: 'Kitchen Radio',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    response_types: [],
    redirect_uris: [],
    post_logout_redirect_uris: [],
    skip_consent: true,
  }),
  client('hostile', {
    ...open,
    client_name: '<script>document.title="taken"</script>\u202eBank of <b>Trust</b>',
    logo_uri: 'javascript:alert(1)',
    policy_uri: 'javascript:alert(document.domain)',
    tos_uri: 'data:text/html,<script>alert(1)</script>',
    client_uri: 'vbscript:msgbox(1)',
  }),
  client('direct', {
    ...open,
    client_name: 'Direct Album',
    redirect_uris: [`${APPLICATION}/callback`, NATIVE_CALLBACK],
    skip_consent: true,
    skip_logout_consent: true,
  }),
]

function client(id: string, own: Partial<HydraClient>): HydraClient {
  return {
    client_id: id,
    client_name: id,
    redirect_uris: [`${APPLICATION}/callback`],
    post_logout_redirect_uris: [`${APPLICATION}/goodbye`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    scope: SCOPES.join(' '),
    audience: ['https://api.example.org'],
    token_endpoint_auth_method: 'none',
    logo_uri: `${APPLICATION}/logo.png`,
    policy_uri: `${APPLICATION}/privacy`,
    tos_uri: `${APPLICATION}/terms`,
    client_uri: APPLICATION,
    skip_consent: false,
    skip_logout_consent: false,
    ...own,
  }
}
