import { type Flow, hasMessage } from '#lib/kratos/flows.ts'

/**
 * Whether a flow that Kratos shows goes nowhere, or not to where it was meant to (docs/decisions/0019).
 *
 * @returns `tries`: after five wrong codes it refuses every code, also one that it sends afterwards; `expired`: Kratos
 *   replaced a flow whose code was too old and lost `return_to`
 */
export function deadEnd(flow: Flow): 'tries' | 'expired' | undefined {
  const messages = flow.ui.messages ?? []
  // 4000001 is any reason at all: only its text tells.
  if (messages.some(({ id, text }) => id === 4000001 && /submitted too often/.test(text))) return 'tries'
  return hasMessage(flow, 4060005, 4070005) && !flow.return_to ? 'expired' : undefined
}
