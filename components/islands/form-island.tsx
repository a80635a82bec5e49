'use client'

import { useEffect } from 'react'
import { keep, recall } from '#components/islands/tab-storage.ts'

/** Where the identifier waits for the next page. Never a secret. */
const KEPT = 'ksui-identifier'
/** How long a form stays busy when nothing comes of it, in ms. */
const BUSY = 10_000
// The last one is the button that sends another code, where nothing else has the address.
const KEPT_FIELDS = 'input[name="identifier"], input[name="traits.email"], input[name="email"], button[name="email"]'

type Props = {
  /** what a screen reader hears while the form is on its way */
  busyLabel: string
  /** whether the page before asked for the same identifier: then what was typed there is filled in */
  refill: boolean
}

/**
 * What JavaScript adds to forms that work without it: a busy button that submits once, and an identifier that survives
 * an expired flow. It renders nothing and knows nothing of the flow.
 */
export function FormIsland({ busyLabel, refill }: Props) {
  useEffect(() => {
    const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-form="flow"]')]
    if (refill) refillIdentifier()
    // Typed before this island was there, or by a password manager.
    else keep(KEPT, keptField()?.value || undefined)
    const page = new AbortController()
    const { signal } = page
    for (const form of forms) form.addEventListener('submit', (event) => submitOnce(event, busyLabel), { signal })
    const onInput = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.matches(KEPT_FIELDS)) keep(KEPT, target.value)
    }
    addEventListener('input', onInput, { signal })
    // Coming back by the Back button, a page out of the cache must not be busy for ever.
    addEventListener('pageshow', ({ persisted }) => persisted && forms.forEach(rest), { signal })
    return () => page.abort()
  }, [busyLabel, refill])
  return null
}

function submitOnce(event: SubmitEvent, busyLabel: string): void {
  const form = event.currentTarget as HTMLFormElement
  if (form.dataset.busy) {
    event.preventDefault()
    return
  }
  form.dataset.busy = 'true'
  // A submit that was stopped, or that opened an app, leaves the page where it is and says nothing.
  setTimeout(() => rest(form), BUSY)
  form.setAttribute('aria-busy', 'true')
  // Not `disabled`: a disabled button would not send its value.
  const { submitter } = event
  if (submitter instanceof HTMLButtonElement) {
    submitter.setAttribute('aria-disabled', 'true')
    submitter.setAttribute('aria-description', busyLabel)
    submitter.dataset.busy = 'true'
  }
}

function rest(form: HTMLFormElement): void {
  delete form.dataset.busy
  form.removeAttribute('aria-busy')
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[data-busy]')) {
    delete button.dataset.busy
    button.removeAttribute('aria-disabled')
    button.removeAttribute('aria-description')
  }
}

/** Kratos gives back what was typed, but not where the flow had expired, and not from one flow to another. */
function refillIdentifier(): void {
  const field = keptField()
  // Whoever is in the field already is about to type.
  if (field?.value !== '' || field.type === 'hidden' || field === document.activeElement) return
  field.value = recall(KEPT) ?? ''
}

function keptField(): HTMLInputElement | HTMLButtonElement | null {
  return document.querySelector(KEPT_FIELDS)
}
