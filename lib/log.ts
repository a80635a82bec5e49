import { type Logger, pino } from 'pino'
import { env } from '#lib/env.ts'

let logger: Logger | undefined

/**
 * The log: JSON lines on stdout. Log ids, statuses and error ids only; never a URL with its query, a cookie, a code, a
 * trait or a body. The redaction list is the second line of defence, not the first.
 */
export function log(): Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    redact: ['*.cookie', '*.authorization', '*.password', '*.traits', '*.config', '*.request', '*.response'],
  })
  return logger
}
