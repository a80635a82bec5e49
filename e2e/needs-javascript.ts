/**
 * The one list of what needs JavaScript: spec files whose subject is an island, or the tests' own tools. Everything else
 * runs with JavaScript on and off. Of the product, only passkeys and security keys may stand here.
 */
export const NEEDS_JAVASCRIPT = [
  // The busy button and the identifier that survives an expired flow: improvements of what works without.
  '**/islands.spec.ts',
  // Passkeys and security keys: browsers offer them to scripts only.
  '**/passkeys.spec.ts',
  // The wait before another code, and codes cleaned as they are pasted: improvements as well.
  '**/code-islands.spec.ts',
  // Passwords shown, Caps Lock, and how a new one looks.
  '**/password-help.spec.ts',
  // Copy, download and print for backup codes: improvements too.
  '**/backup-codes-island.spec.ts',
  // Security keys in place of a password.
  '**/security-keys.spec.ts',
  // A security key among the second factors.
  '**/second-factor-key.spec.ts',
  // axe is a script.
  '**/a11y.spec.ts',
  '**/states.spec.ts',
  '**/oauth2-states.spec.ts',
  // Pictures are set in a font of their own, by script.
  '**/pictures.spec.ts',
  // Injects a violation of each kind, by script, and sees the guard fail.
  '**/guard.spec.ts',
]
