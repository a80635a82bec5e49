import { join } from 'node:path'
import { assertPortFree } from '../../../tools/port.ts'
import { startInBackground } from '../../../tools/process.ts'
import { waitUntilReady } from '../../../tools/wait-until-ready.ts'
import { CLIENTS } from './clients.ts'
import { HYDRA_ADMIN_URL, ISSUER, UI_PAGES } from './places.ts'
import { startStandIn } from './stand-in.ts'

/**
 * Starts the OAuth2 server of the tests: the Hydra that HYDRA_BIN names, else the stand-in for it. Either is at the same
 * places, with the same clients.
 *
 * @param dataDir gets the log of a real Hydra
 * @returns what stops it
 */
export async function startHydra(dataDir: string): Promise<() => Promise<void>> {
  const bin = process.env.HYDRA_BIN
  return bin ? startRealHydra(bin, dataDir) : startStandIn()
}

async function startRealHydra(bin: string, dataDir: string): Promise<() => Promise<void>> {
  const port = (url: string) => Number(new URL(url).port)
  for (const url of [ISSUER, HYDRA_ADMIN_URL]) await assertPortFree(port(url))
  const hydra = await startInBackground({
    name: 'Hydra',
    command: bin,
    args: ['serve', 'all', '--dev', '--sqa-opt-out'],
    env: {
      DSN: 'memory',
      SECRETS_SYSTEM: 'only-for-tests-hydra-system-secret',
      SERVE_PUBLIC_HOST: 'localhost',
      SERVE_PUBLIC_PORT: String(port(ISSUER)),
      SERVE_ADMIN_HOST: '127.0.0.1',
      SERVE_ADMIN_PORT: String(port(HYDRA_ADMIN_URL)),
      URLS_SELF_ISSUER: ISSUER,
      URLS_LOGIN: UI_PAGES.login,
      URLS_CONSENT: UI_PAGES.consent,
      URLS_LOGOUT: UI_PAGES.logout,
      URLS_POST_LOGOUT_REDIRECT: UI_PAGES.afterLogout,
      URLS_ERROR: UI_PAGES.error,
      URLS_DEVICE_VERIFICATION: UI_PAGES.device,
      URLS_DEVICE_SUCCESS: UI_PAGES.deviceDone,
    },
    logFile: join(dataDir, 'hydra.log'),
  })
  await waitUntilReady(`${HYDRA_ADMIN_URL}/health/ready`, hydra)
  for (const client of CLIENTS) {
    const answer = await fetch(`${HYDRA_ADMIN_URL}/admin/clients`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(client),
    })
    if (!answer.ok) console.warn(`Hydra refuses the client ${client.client_id}: ${await answer.text()}`)
  }
  return hydra.stop
}
