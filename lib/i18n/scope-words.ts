import type { MessageKey } from '#lib/i18n/index.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }

/** The key of the words for a scope: `scope.<name>` in the catalogue. Undefined for a scope without words. */
export function scopeKey(scope: string): MessageKey | undefined {
  const key = `scope.${scope}`
  return Object.hasOwn(en, key) ? (key as MessageKey) : undefined
}
