import { z } from 'zod'
import type { FlowType, StartParams } from '#lib/kratos/flows.ts'
import type { RestartReason } from '#lib/kratos/results.ts'

// The start note (docs/decisions/0005): what proxy.ts remembers of the latest starts of one flow type, in a sealed
// cookie. Kratos forgets most parameters of a flow that expired or never came to be; and loops can only be counted here.

/** How long a note is good, in seconds. */
export const NOTE_TTL = 600
/** How long a flash message is good, in seconds. */
export const FLASH_TTL = 30

/** A second 403 within this time ends on the diagnosis page, in ms. */
const CSRF_WINDOW = 10_000
/** So many starts within this time, in ms, are a loop. */
const LOOP_WINDOW = 30_000
const LOOP_STARTS = 5
/** Applications may start more of them, as when a browser opens the tabs of yesterday; each comes with a new challenge. */
const APPLICATION_STARTS = 20
/** Starts remembered: people open a few tabs. */
const STARTS = 3
/** What the parameters of all starts may take, in bytes: browsers keep cookies of 4 kB. */
const MAX_PARAMS = 1_800

const noteSchema = z.object({
  starts: z.array(z.object({ params: z.record(z.string(), z.string()), at: z.number() })).max(STARTS),
  times: z.array(z.number()).max(APPLICATION_STARTS),
  csrfAt: z.number().optional(),
})

/** The latest starts of one flow type, newest first; when they happened; and when a 403 last restarted one. */
export type StartNote = z.output<typeof noteSchema>

/** Reads an unsealed note; anything else gives undefined. */
export function parseNote(value: unknown): StartNote | undefined {
  return noteSchema.safeParse(value).data
}

/** What proxy.ts does with a request that names no flow. */
export type Decision =
  /** go to Kratos with these parameters and leave this note */
  | { kind: 'start'; params: StartParams; note: StartNote }
  /** set a cookie and come back, to see whether it was kept */
  | { kind: 'bounce' }
  /** stop: no more redirects; the parameters are for a start by hand */
  | { kind: 'diagnosis'; why: 'cookies' | 'csrf' | 'loop'; params: StartParams }

/** What {@link decideStart} looks at. */
export type StartRequest = {
  /** the flow's own parameters in the query */
  params: StartParams
  /** why a page of ours asked for a fresh flow; undefined for a first start */
  reason: RestartReason | undefined
  /** the note of earlier starts of this type */
  note: StartNote | undefined
  /** whether this request comes from the bounce */
  bounced: boolean
  /** whether the bounce's cookie came back */
  checkCookie: boolean
  /** ms since the epoch */
  now: number
}

/** Decides a start: on to Kratos, the bounce, or the diagnosis page. Pure; the table of its cases is its test. */
export function decideStart(request: StartRequest): Decision {
  const { params, reason, note, bounced, checkCookie, now } = request
  const merged = restartParams(request)
  const stop = (why: 'cookies' | 'csrf' | 'loop') => ({ kind: 'diagnosis', why, params: merged }) as const
  if (reason === 'csrf') {
    if (!note && !bounced) return { kind: 'bounce' }
    if (!note && !checkCookie) return stop('cookies')
    if (note?.csrfAt && now - note.csrfAt < CSRF_WINDOW) return stop('csrf')
  }
  const times = [now, ...(note?.times ?? [])].filter((time) => now - time < LOOP_WINDOW).slice(0, APPLICATION_STARTS)
  const isFromApplication = !reason && params.login_challenge !== undefined
  if (times.length >= (isFromApplication ? APPLICATION_STARTS : LOOP_STARTS)) return stop('loop')

  const csrfAt = reason === 'csrf' ? now : note?.csrfAt
  return {
    kind: 'start',
    params: merged,
    note: { starts: fit([{ params: merged, at: now }, ...(note?.starts ?? [])]), times, ...(csrfAt ? { csrfAt } : {}) },
  }
}

/** Parameters of a restart: what the page knows, then what the start that it belongs to was given. */
function restartParams({ params, reason, note }: StartRequest): StartParams {
  if (!reason || reason === 'fresh' || !note) return params
  const known = (['login_challenge', 'return_to'] as const).find((name) => params[name])
  const start = known ? note.starts.find((candidate) => candidate.params[known] === params[known]) : note.starts[0]
  const merged = { ...start?.params, ...params }
  if (reason === 'aal1') {
    delete merged.aal
    delete merged.via
  }
  return merged
}

/** As many starts as fit; of the newest one at least its time. */
function fit(starts: StartNote['starts']): StartNote['starts'] {
  const kept: StartNote['starts'] = []
  let left = MAX_PARAMS
  for (const start of starts.slice(0, STARTS)) {
    left -= Buffer.byteLength(JSON.stringify(start.params))
    if (left < 0) break
    kept.push(start)
  }
  const newest = starts[0]
  return kept.length === 0 && newest ? [{ params: {}, at: newest.at }] : kept
}

/** The pages of ours, besides those of flows, on which something can be left to be said. */
export type FlashPage = 'sessions' | 'consent' | 'logout' | 'device' | 'applications'

const flashSchema = z.object({ type: z.string(), reason: z.string() })

/**
 * What a redirect left to be said on the page that it leads to, such as the reason of a restart.
 *
 * @param value an unsealed flash cookie
 * @param type the flow or the page of ours that it is for
 */
export function parseFlash(value: unknown, type: FlowType | FlashPage): string | undefined {
  const flash = flashSchema.safeParse(value).data
  return flash?.type === type ? flash.reason : undefined
}
