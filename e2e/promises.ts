/** What this project promises of the main job. Each has a test of the title `promise: <text>` in e2e/*.spec.ts. */
export const PROMISES = [
  'login/browser, no session',
  'session already there',
  'aal=aal2 without a session',
  'aal=aal2 with TOTP enrolled',
  'return_to allowed / forbidden / javascript:',
  'login_challenge',
  'organization, via, identity_schema',
  'getLoginFlow 200 / 403 / 404 / 410',
  'security_csrf_violation with cookies blocked',
  'settings/browser signed out',
  'settings with required_aal: highest_available and an AAL1 session',
  'settings past privileged_session_max_age',
  'settings flow of another identity',
  'settings: profile, password, TOTP, lookup codes',
  'Kratos down, slow, answering 500 or HTML',
] as const
