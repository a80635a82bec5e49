import type { CDPSession, Page } from '@playwright/test'

/** Chromium's virtual authenticator: a device that holds passkeys, or a security key. */
export type Authenticator = {
  /** whether it answers at once, as if somebody touched it */
  touch: (on: boolean) => Promise<void>
  /** whether it recognises its owner; if not, its prompt ends as a cancelled one does */
  recognise: (on: boolean) => Promise<void>
  /** how many credentials it holds */
  count: () => Promise<number>
  /** the ids of its credentials, as WebAuthn's JSON has them */
  ids: () => Promise<string[]>
  /** takes it away from the browser */
  remove: () => Promise<void>
}

/** One a page: a second session would not see the authenticators of the first. */
const sessions = new WeakMap<Page, CDPSession>()

/**
 * Adds a virtual authenticator to a page.
 *
 * @param kind `device` holds passkeys, `key` is a security key for a second factor
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */
export async function addAuthenticator(page: Page, kind: 'device' | 'key'): Promise<Authenticator> {
  const cdp = sessions.get(page) ?? (await page.context().newCDPSession(page))
  if (!sessions.has(page)) await cdp.send('WebAuthn.enable')
  sessions.set(page, cdp)
  const isDevice = kind === 'device'
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: isDevice ? 'internal' : 'usb',
      hasResidentKey: isDevice,
      hasUserVerification: isDevice,
      isUserVerified: isDevice,
      automaticPresenceSimulation: true,
    },
  })
  const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  return {
    touch: async (on) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: on })
    },
    recognise: async (on) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: on })
    },
    remove: async () => {
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
    count: async () => (await credentials()).length,
    ids: async () =>
      (await credentials()).map(({ credentialId }) => Buffer.from(credentialId, 'base64').toString('base64url')),
  }
}
