'use client'

import { useEffect } from 'react'
import { strengthOf } from '#components/islands/password-strength.ts'

/** What somebody signs in with: a password must not look like it. */
const IDENTIFIERS =
  'input[name="identifier"], input[autocomplete~="username"], input[autocomplete="email"], input[autocomplete="tel"], input[type="hidden"][name="traits.email"], input[type="hidden"][name="traits.username"]'

/**
 * Brings to life what stands beside each password (components/nodes/password-help.tsx): the button that shows it, and the
 * line that tells of Caps Lock and, for a new one, how it looks. Renders nothing.
 */
export function PasswordIsland() {
  useEffect(() => {
    const page = new AbortController()
    const { signal } = page
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-reveal]')) {
      const input = button.parentElement?.querySelector('input')
      if (input) revive(button, input, signal)
    }
    for (const line of document.querySelectorAll<HTMLElement>('[data-password-help]')) {
      const input = line.parentElement?.querySelector('input')
      if (input) advise(line, input, signal)
    }
    return () => page.abort()
  }, [])
  return null
}

function revive(button: HTMLButtonElement, input: HTMLInputElement, signal: AbortSignal): void {
  const show = (shown: boolean) => {
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  }
  button.hidden = false
  button.addEventListener('click', () => show(input.type === 'password'), { signal })
  // Sent as text, browsers would offer it in the list of what was typed before.
  input.form?.addEventListener('submit', () => show(false), { signal })
  addEventListener('pageshow', (event) => event.persisted && show(false), { signal })
}

function advise(line: HTMLElement, input: HTMLInputElement, signal: AbortSignal): void {
  const { capsLock, min } = line.dataset
  let hasCaps = false
  const update = () => {
    const identifiers = [...(input.form?.querySelectorAll<HTMLInputElement>(IDENTIFIERS) ?? [])]
    const strength = min
      ? strengthOf(
          input.value,
          identifiers.filter((one) => one !== input).map(({ value }) => value),
          Number(min),
        )
      : undefined
    const text = (hasCaps ? capsLock : strength && line.dataset[strength]) ?? ''
    // Only a change: a live region is read out at each one.
    if (line.textContent !== text) line.textContent = text
    line.dataset.level = hasCaps ? 'caps' : (strength ?? '')
  }
  const onKey = (event: KeyboardEvent) => {
    // A password manager's event is no keyboard's.
    if (!event.getModifierState) return
    hasCaps = event.getModifierState('CapsLock')
    update()
  }
  input.addEventListener('keydown', onKey, { signal })
  input.addEventListener('keyup', onKey, { signal })
  input.addEventListener('input', update, { signal })
  // Nothing at blur: the page would move under the pointer that is about to press the button below.
  update()
}
