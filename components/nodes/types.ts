import type { Words } from '#lib/i18n/index.ts'
import type { FlowType } from '#lib/kratos/flows.ts'

/** What every node renderer gets besides its node. */
export type NodeContext = {
  type: FlowType
  words: Words
  /** id of the field that gets the focus when the page opens, if one does */
  focusId: string | undefined
  /** whose password is asked for, if that is known */
  account?: string | undefined
  /** how somebody signed in last on this device */
  lastUsed?: { method: string; provider?: string | undefined } | undefined
}
