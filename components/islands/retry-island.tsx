'use client'

import { useEffect, useRef } from 'react'

/**
 * Counts down, in the link that tries again, the seconds that the sentence above it names. For eyes only: read out, they would
 * be out of date. The link works all the time: whoever is early is told the time again.
 *
 * @param seconds how long to wait
 * @param text how the seconds are shown, with `{seconds}` for their number
 */
export function RetryIsland({ seconds, text }: { seconds: number; text: string }) {
  const count = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const end = Date.now() + seconds * 1000
    const show = () => {
      const left = Math.ceil((end - Date.now()) / 1000)
      if (count.current) count.current.textContent = left > 0 ? ` ${text.replace('{seconds}', String(left))}` : ''
      if (left <= 0) clearInterval(timer)
    }
    const timer = setInterval(show, 250)
    return () => clearInterval(timer)
  }, [seconds, text])
  return <span ref={count} aria-hidden="true" data-seconds="" />
}
