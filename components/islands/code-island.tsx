'use client'

import { useEffect } from 'react'
import { backupCodeIn, codeIn } from '#components/islands/typed-code.ts'

const CODES = 'input[name="code"], input[name="totp_code"]'
const BACKUP_CODES = 'input[name="lookup_secret"]'

/**
 * Cleans codes as they are typed or pasted: Kratos trims nothing, and counts "123 456" as a wrong code. It sends nothing
 * by itself when a code is complete (docs/decisions/0019). Renders nothing.
 */
export function CodeIsland() {
  useEffect(() => {
    const onInput = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) clean(target)
    }
    // Typed before this island was there.
    for (const input of document.querySelectorAll<HTMLInputElement>(`${CODES}, ${BACKUP_CODES}`)) clean(input)
    addEventListener('input', onInput)
    return () => removeEventListener('input', onInput)
  }, [])
  return null
}

function clean(input: HTMLInputElement): void {
  const code = input.matches(CODES) ? codeIn : input.matches(BACKUP_CODES) ? backupCodeIn : undefined
  const value = code?.(input.value)
  // Only a change: setting the value moves the caret to the end.
  if (value !== undefined && value !== input.value) input.value = value
}
