import type { MessageKey, Words } from '#lib/i18n/index.ts'

const METHODS: Readonly<Record<string, MessageKey>> = {
  password: 'method.password',
  oidc: 'method.oidc',
  saml: 'method.saml',
  totp: 'method.totp',
  lookup_secret: 'method.lookup_secret',
  webauthn: 'method.webauthn',
  passkey: 'method.passkey',
  code: 'method.code',
  link_recovery: 'method.link_recovery',
  code_recovery: 'method.code_recovery',
}

/** What people call a way to sign in; one that we do not know by Kratos's own name. */
export function methodName(method: string, { t }: Words): string {
  return METHODS[method] ? t(METHODS[method]) : method
}
