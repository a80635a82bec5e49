'use client'

import { useEffect } from 'react'

/**
 * Puts the browser's picker in the place of each date-time in text (components/nodes/date-time.tsx): it shows the
 * person's own time, while the form sends what Kratos keeps. Renders nothing.
 */
export function DateTimeIsland() {
  useEffect(() => {
    const pickers = [...document.querySelectorAll<HTMLInputElement>('input[data-date-time]')].map(addPicker)
    return () => {
      for (const remove of pickers) remove()
    }
  }, [])
  return null
}

/** Returns what takes the picker away again. */
function addPicker(field: HTMLInputElement): () => void {
  const { id, value } = field
  const hint = document.getElementById(field.dataset.dateTime ?? '')
  const picker = document.createElement('input')
  picker.className = field.className
  picker.type = 'datetime-local'
  picker.required = field.required
  picker.disabled = field.disabled
  picker.value = toLocal(value)
  for (const name of ['aria-describedby', 'aria-invalid']) {
    const state = field
      .getAttribute(name)
      ?.replace(hint?.id ?? '', '')
      .trim()
    if (state) picker.setAttribute(name, state)
  }
  picker.addEventListener('input', () => {
    // The seconds and the zone that Kratos gave are kept as long as nobody changes the time.
    field.value = picker.value === toLocal(value) ? value : toRfc3339(picker.value)
  })
  const hadFocus = document.activeElement === field
  field.type = 'hidden'
  field.removeAttribute('id')
  picker.id = id
  field.before(picker)
  hint?.setAttribute('hidden', '')
  if (hadFocus) picker.focus()
  return () => {
    picker.remove()
    field.id = id
    field.type = 'text'
    hint?.removeAttribute('hidden')
  }
}

/** RFC 3339 as the picker takes it: the person's own time, without seconds; empty for what is no time. */
function toLocal(rfc3339: string): string {
  const time = Date.parse(rfc3339)
  if (Number.isNaN(time)) return ''
  const offset = new Date(time).getTimezoneOffset() * 60_000
  return new Date(time - offset).toISOString().slice(0, 16)
}

/** What the picker gives as RFC 3339; empty for an empty one. */
function toRfc3339(local: string): string {
  return local ? new Date(local).toISOString() : ''
}
