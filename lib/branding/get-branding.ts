import 'server-only'
import { type LoadedBranding, watchBranding } from '#lib/branding/branding-file.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

let newest: (() => LoadedBranding) | undefined

/**
 * The branding of this instance, as its file is now.
 *
 * @returns undefined without BRANDING_FILE
 * @throws BrandingError when it is asked for first and cannot be used; the entry has stopped the server before that
 */
export function getBranding(): LoadedBranding | undefined {
  const { BRANDING_FILE: file, PROJECT_NAME: name } = env()
  if (!file) return undefined
  newest ??= watchBranding(file, name, (line) => log().warn(line))
  return newest()
}
