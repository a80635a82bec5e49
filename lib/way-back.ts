import { type Flow, isRefresh, type StartParams, startUrl } from '#lib/kratos/flows.ts'
import type { StartNote } from '#lib/start-note.ts'

/** How long after the settings were asked for a login can still be the detour on the way there, in ms. */
const DETOUR = 10_000

/**
 * The way back to the settings that Kratos drops: signed out, or with too few factors, it answers the start of a settings
 * flow with a login flow that knows nothing of the settings (docs/decisions/0005).
 *
 * @param now ms since the epoch
 * @returns the settings page that was asked for, or undefined when this login is no detour
 */
export function wayBackToSettings(
  flow: Flow,
  settings: StartNote | undefined,
  login: StartNote | undefined,
  now: number,
): string | undefined {
  const asked = settings?.starts[0]
  if (!asked || now - asked.at > DETOUR) return undefined
  // Since then the person started a login of their own.
  if ((login?.starts[0]?.at ?? 0) > asked.at) return undefined
  if (isRefresh(flow)) return undefined
  // Kratos carries the settings' own return_to over to the login; any other one is not ours to change.
  const { return_to: carried } = asked.params as StartParams
  if (flow.return_to && flow.return_to !== carried) return undefined
  return startUrl('settings', asked.params)
}
