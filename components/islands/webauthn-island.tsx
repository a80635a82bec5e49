'use client'

import { useEffect } from 'react'
import { creationOptions, credentialText, requestOptions } from '#components/islands/credentials.ts'

type Props = {
  /** shown when the browser or the authenticator failed; a prompt that a person cancelled says nothing */
  failed: string
  /** shown when the authenticator holds a credential of this account already */
  registered: string
}

type Json = Record<string, unknown>
type Trigger = { options: (form: HTMLFormElement, button: HTMLButtonElement) => Json; result: string; create: boolean }

/** Where Kratos puts the options of each trigger, and where it wants the result. Its own script is not used. */
const TRIGGERS: Readonly<Record<string, Trigger>> = {
  oryPasskeyRegistration: { options: namedUser, result: 'passkey_register', create: true },
  oryPasskeySettingsRegistration: {
    options: (form) => parse(field(form, 'passkey_create_data')?.value).publicKey as Json,
    result: 'passkey_settings_register',
    create: true,
  },
  oryPasskeyLogin: { options: passkeyChallenge, result: 'passkey_login', create: false },
  oryWebAuthnRegistration: { options: inButton, result: 'webauthn_register', create: true },
  oryWebAuthnLogin: { options: inButton, result: 'webauthn_login', create: false },
}

/**
 * Passkeys and security keys: wakes the buttons that Kratos marks by `onclickTrigger`, and offers passkeys in the
 * autofill of the identifier where the browser can. Renders nothing.
 */
export function WebauthnIsland({ failed, registered }: Props) {
  useEffect(() => {
    if (!('PublicKeyCredential' in window)) {
      for (const waiting of document.querySelectorAll('[data-needs-script]:has([data-trigger])')) {
        const section = waiting.closest('section')
        waiting.remove()
        // Settings that cannot be used here at all are not shown either.
        if (section && !section.querySelector('button')) section.remove()
      }
      return
    }
    const page = new AbortController()
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-trigger]')].filter(
      (button) => button.form && TRIGGERS[button.dataset.trigger ?? ''],
    )
    let prompt: AbortController | undefined
    const offer = () => {
      prompt = new AbortController()
      void offerPasskeys(buttons, prompt.signal)
    }
    for (const button of buttons) {
      button.closest<HTMLElement>('[data-needs-script]')?.removeAttribute('hidden')
      const onClick = async () => {
        if (button.dataset.busy) return
        button.dataset.busy = 'true'
        say(button, '')
        // Browsers allow one prompt at a time: the one in the autofill gives way.
        prompt?.abort()
        const problem = await ask(button, page.signal)
        if (problem === undefined) return
        delete button.dataset.busy
        if (problem !== 'cancelled') say(button, problem === 'registered' ? registered : failed)
        offer()
      }
      button.addEventListener('click', onClick, { signal: page.signal })
    }
    // Enter presses the first one where the form has nothing else that it may press (components/flow/flow-form.tsx).
    const onEnter = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
      const { form } = event.target
      if (!form?.querySelector('[data-enter-guard]')) return
      event.preventDefault()
      buttons.find((button) => button.form === form)?.click()
    }
    addEventListener('keydown', onEnter, { signal: page.signal })
    // A page out of the Back button's cache must not send the old credential along with a password.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) for (const button of buttons) forget(button)
    }
    addEventListener('pageshow', onShow, { signal: page.signal })
    offer()
    return () => {
      prompt?.abort()
      page.abort()
    }
  }, [failed, registered])
  return null
}

/** Asks the authenticator and sends the form; otherwise says why not. */
async function ask(button: HTMLButtonElement, signal: AbortSignal) {
  const { form } = button
  const trigger = TRIGGERS[button.dataset.trigger ?? '']
  if (!form || !trigger) return 'failed'
  if (trigger.create && !isFilledIn(form)) return 'cancelled'
  try {
    const options = trigger.options(form, button)
    const credential = trigger.create
      ? await navigator.credentials.create({ publicKey: creationOptions(options), signal })
      : await navigator.credentials.get({ publicKey: requestOptions(options), signal })
    send(form, trigger.result, credential)
    return undefined
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    // Browsers report a prompt that was cancelled and one that timed out alike.
    if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
    return name === 'InvalidStateError' ? 'registered' : 'failed'
  }
}

/** Passkeys in the autofill of the identifier: Kratos asks for them by an `onloadTrigger` on the login page. */
async function offerPasskeys(buttons: readonly HTMLButtonElement[], signal: AbortSignal): Promise<void> {
  const button = buttons.find((candidate) => candidate.dataset.autofill === 'oryPasskeyLoginAutocompleteInit')
  const form = button?.form
  if (!form || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
  try {
    const publicKey = requestOptions(passkeyChallenge(form))
    send(form, 'passkey_login', await navigator.credentials.get({ publicKey, mediation: 'conditional', signal }))
  } catch {
    // Nobody asked for it, so nobody hears that it did not come to anything.
  }
}

/** Kratos would refuse the form afterwards, and the credential would stay on the device for nothing. */
function isFilledIn(form: HTMLFormElement): boolean {
  const fields = [...form.querySelectorAll<HTMLInputElement>('input:not([type="hidden"], [type="password"])')]
  return fields.every((input) => input.reportValidity())
}

function forget(button: HTMLButtonElement): void {
  const result = TRIGGERS[button.dataset.trigger ?? '']?.result
  const input = result && button.form && field(button.form, result)
  if (input) input.value = ''
  if (button.form) button.form.noValidate = false
  delete button.dataset.busy
}

function send(form: HTMLFormElement, name: string, credential: Credential | null): void {
  const result = field(form, name)
  if (!result || !credential) throw new Error('no credential')
  result.value = credentialText(credential as PublicKeyCredential)
  // The empty password beside it is required, and would silently stop the form.
  form.noValidate = true
  form.requestSubmit()
}

/** At registration the options name nobody yet: the person's own address is what the authenticator shows later. */
function namedUser(form: HTMLFormElement): Json {
  const data = parse(field(form, 'passkey_create_data')?.value)
  const options = (data.credentialOptions as Json).publicKey as Json
  const name = field(form, String(data.displayNameFieldName))?.value
  return name ? { ...options, user: { ...(options.user as Json), name, displayName: name } } : options
}

function inButton(_form: HTMLFormElement, button: HTMLButtonElement): Json {
  return parse(button.value).publicKey as Json
}

function passkeyChallenge(form: HTMLFormElement): Json {
  return parse(field(form, 'passkey_challenge')?.value).publicKey as Json
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector(`input[name="${CSS.escape(name)}"]`)
}

function parse(text: string | undefined): Json {
  return JSON.parse(text ?? '') as Json
}

/** Shows a message at a button, as Kratos's own messages stand; an empty one takes it away. */
function say(button: HTMLButtonElement, text: string): void {
  const place = button.parentElement
  place?.querySelector('[data-island-message]')?.remove()
  if (!text) return
  const message = document.createElement('p')
  message.dataset.islandMessage = ''
  message.className = 'message message-error'
  message.setAttribute('role', 'alert')
  message.textContent = text
  place?.append(message)
}
