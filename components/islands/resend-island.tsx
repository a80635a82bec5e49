'use client'

import { useEffect } from 'react'
import { keepSentAt, secondsLeft, sentAt, WAIT } from '#components/islands/resend-wait.ts'
import { keep, recall } from '#components/islands/tab-storage.ts'

/** Where the time of the last code is kept, so that the wait survives a reload. */
const KEPT = 'ksui-code-sent'

type Props = {
  /** id of the flow that the code belongs to */
  flow: string
  /** whether the page says that a code was sent */
  justSent: boolean
  /** the wait in words, for whoever cannot see the seconds run */
  hint: string
  /** how the seconds are shown, with `{seconds}` for their number */
  seconds: string
}

/**
 * Gives a code time to arrive: asking for another one makes the first one invalid. The button that resends says how long
 * it waits, and does nothing until then. Kratos itself sends as often as it is asked (docs/decisions/0019).
 */
export function ResendIsland({ flow, justSent, hint, seconds }: Props) {
  useEffect(() => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-resend]')]
    const at = sentAt(recall(KEPT), flow, justSent, Date.now())
    if (at === undefined) return
    keep(KEPT, keepSentAt(flow, at))
    const page = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const now = Date.now()
      const left = secondsLeft(at, now)
      for (const button of buttons) show(button, left, hint, seconds)
      if (left > 0) timer = setTimeout(tick, (at + WAIT - now) % 1000 || 1000)
    }
    for (const button of buttons) {
      const onClick = (event: Event) => {
        if (button.dataset.waiting) event.preventDefault()
        // The next page says that a code was sent: a new one, so the wait starts again.
        else keep(KEPT, undefined)
      }
      button.addEventListener('click', onClick, { signal: page.signal })
    }
    tick()
    return () => {
      clearTimeout(timer)
      page.abort()
    }
  }, [flow, justSent, hint, seconds])
  return null
}

/**
 * The seconds stand in the button, for eyes only: read out, they would be out of date, and a name that changes each second
 * is read again and again. Not `disabled`: that would take the focus from whoever is on the button.
 */
function show(button: HTMLButtonElement, left: number, hint: string, seconds: string): void {
  let count = button.querySelector('[data-seconds]')
  if (left === 0) {
    count?.remove()
    delete button.dataset.waiting
    button.removeAttribute('aria-disabled')
    button.removeAttribute('aria-description')
    return
  }
  if (!count) {
    count = document.createElement('span')
    count.setAttribute('data-seconds', '')
    count.setAttribute('aria-hidden', 'true')
    button.append(count)
    button.dataset.waiting = 'true'
    button.setAttribute('aria-disabled', 'true')
    button.setAttribute('aria-description', hint)
  }
  count.textContent = seconds.replace('{seconds}', String(left))
}
