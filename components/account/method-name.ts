import { isMessageKey, type Words } from '#lib/i18n/index.ts'

/** What people call a way to sign in (`method.<name>`); one that we do not know by Kratos's own name. */
export function methodName(method: string, { t }: Words): string {
  const key = `method.${method}`
  return isMessageKey(key) ? t(key) : method
}
