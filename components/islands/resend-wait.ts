/** How long to wait for a code before another one can be asked for, in ms. */
export const WAIT = 30_000

/**
 * When the last code of a flow was sent, as far as this tab knows.
 *
 * @param kept what {@link keepSentAt} has written, if anything
 * @param justSent whether the page says that a code is on its way: it says so again when it is loaded again
 * @param now ms since the epoch
 * @returns ms since the epoch; undefined when nothing is known, and then there is nothing to wait for
 */
export function sentAt(kept: string | null, flow: string, justSent: boolean, now: number): number | undefined {
  const [knownFlow, text] = kept?.split(' ') ?? []
  const at = Number(text)
  // A time to come is from before the clock was set.
  if (knownFlow === flow && at > 0 && at <= now) return at
  return justSent ? now : undefined
}

/** The text in which the time of a flow's last code is kept. */
export function keepSentAt(flow: string, at: number): string {
  return `${flow} ${at}`
}

/** The seconds to wait until another code can be asked for; 0 when it can be. */
export function secondsLeft(at: number, now: number): number {
  return Math.max(0, Math.ceil((at + WAIT - now) / 1000))
}
