import { PROFILES } from '../../../tools/profiles.ts'

/** Three ports, from this one on. The unit tests have their own, so that they can run beside the end-to-end tests. */
const first = Number(process.env.HYDRA_FIRST_PORT ?? 4775)

/** Where browsers and applications reach Hydra, or the stand-in for it: the issuer. */
export const ISSUER = `http://localhost:${first}`

/** Hydra's admin API: the `oauth2_provider.url` of e2e/kratos/oauth2.yml. */
export const HYDRA_ADMIN_URL = `http://127.0.0.1:${first + 1}`

/** The application that people sign in to (application.ts). */
export const APPLICATION = `http://localhost:${first + 2}`

/** The redirect URI of an application on a phone: a scheme of its own. */
export const NATIVE_CALLBACK = 'com.example.app:/callback'

/** Where such an application wants people back after a sign-out. */
export const NATIVE_GOODBYE = 'com.example.app:/goodbye'

const ui = process.env.HYDRA_UI_URL ?? PROFILES.oauth2.uiUrl

/** The pages of ours that Hydra sends people to: its `urls.*` settings. */
export const UI_PAGES = {
  login: `${ui}/login`,
  consent: `${ui}/consent`,
  logout: `${ui}/logout`,
  afterLogout: `${ui}/`,
  device: `${ui}/device`,
  deviceDone: `${ui}/device/success`,
  error: `${ui}/error`,
} as const
