// @vitest-environment jsdom
import type { UiNode } from '@ory/client'
import { expect, test } from 'vitest'
import { type InputNode, isButton, isField, isHidden, needsScript } from '#lib/kratos/nodes.ts'
import { allFlows } from '../../tools/testing/fixtures.ts'
import { renderFlow } from '../../tools/testing/render-flow.tsx'

// Whatever Kratos sends, its page keeps these promises: every recorded flow, and those of newer versions.
const FLOWS = allFlows()
/** Those that have something to send; the others only say why there is nothing. */
const FORMS = FLOWS.filter(({ flow }) => flow.ui.nodes.some((node) => isField(node) || isButton(node)))

test('there are flows of each type', () => {
  const types = ['login', 'registration', 'recovery', 'verification', 'settings']
  expect(new Set(FLOWS.map(({ type }) => type))).toEqual(new Set(types))
})

test.each(FLOWS)('$name: each thing to fill in is there once, with its name, type and value', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const fields = flow.ui.nodes.filter(isField)
  for (const { attributes } of fields) {
    const found = all(page, `[name="${attributes.name}"]:not([type="hidden"]):not(button)`)
    expect(found, attributes.name).toHaveLength(1)
    const [input] = found as [HTMLInputElement]
    // docs/decisions/0020: browsers' own field for a point in time does not fit what Kratos keeps.
    const type = attributes.type === 'datetime-local' ? 'text' : attributes.type
    if (input.tagName !== 'SELECT') expect(input.getAttribute('type')).toBe(type)
    expect(input.required, `${attributes.name} required`).toBe(attributes.required === true)
    if (attributes.type === 'password') expect(input.hasAttribute('value')).toBe(false)
    else if (attributes.type === 'checkbox') expect(input.checked).toBe(attributes.value === true)
    else if (input.tagName !== 'SELECT') {
      expect(input.getAttribute('value')).toBe(attributes.value === undefined ? null : String(attributes.value))
    }
  }
  expect(all(page, 'input:not([type="hidden"], [data-account]), select, textarea')).toHaveLength(fields.length)
})

test.each(FLOWS)('$name: each button is there once, with its name and value', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const buttons = flow.ui.nodes.filter(isButton)
  expect(keys(all(page, 'button[name]') as HTMLButtonElement[])).toEqual(
    buttons.map((node) => `${node.attributes.name}=${node.attributes.value ?? ''}`).sort(),
  )
  for (const button of all(page, 'button[name]') as HTMLButtonElement[]) {
    const node = buttons.find(({ attributes }) => same(attributes, button)) as InputNode
    expect(button.type).toBe(needsScript(node) ? 'button' : 'submit')
    expect(button.textContent).toBe(node.meta.label?.text)
    expect(button.closest('form')).not.toBeNull()
  }
})

test.each(FLOWS)('$name: a button of our own sends nothing', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const button of all(page, 'button:not([name])') as HTMLButtonElement[]) {
    expect(button.type === 'button' || button.disabled).toBe(true)
  }
})

test.each(FLOWS)('$name: Enter in a field takes nothing away', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const form of all(page, 'form:has(input:not([type="hidden"]))')) {
    const pressed = form.querySelector<HTMLButtonElement>('button[type="submit"]')
    const removes = pressed?.classList.contains('button-danger') && !pressed.disabled
    expect(removes, pressed?.name).not.toBe(true)
  }
})

test.each(FORMS)('$name: beside each password stands whose it is, and a button that sleeps', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const password of all(page, 'input[type="password"]') as HTMLInputElement[]) {
    const names = all(
      password.form as HTMLFormElement,
      '[autocomplete~="username"], [name^="traits."], [name="identifier"]',
    )
    expect(names.length, password.form?.outerHTML).toBeGreaterThan(0)
    expect(password.parentElement?.querySelector<HTMLButtonElement>('button[data-reveal]')?.hidden).toBe(true)
  }
})

/** What a field that stands for something of a person must be called, by its type or name (WCAG 2.2, 1.3.5). */
const PURPOSES = {
  'input[type="password"]': /^(current|new)-password$/,
  'input[type="email"]': /^(email|username)( webauthn)?$/,
  'input[type="tel"]': /^tel$/,
  'input[name="identifier"]:not([type="hidden"])': /^(username|email|tel)( webauthn)?$/,
  'input[name="code"]:not([type="hidden"]), input[name="totp_code"]': /^one-time-code$/,
  'input[name="lookup_secret"]': /^off$/,
}

test.each(FORMS)('$name: browsers and password managers are told what to fill in', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const [selector, token] of Object.entries(PURPOSES)) {
    for (const field of all(page, selector)) expect(field.getAttribute('autocomplete'), selector).toMatch(token)
  }
  const kind = type === 'login' ? 'current-password' : 'new-password'
  for (const field of all(page, 'input[type="password"]')) {
    expect(field.getAttribute('autocomplete')).toBe(kind)
  }
})

test.each(FORMS)('$name: every form goes to Kratos with the CSRF token', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const forms = all(page, 'form') as HTMLFormElement[]
  expect(forms.length).toBeGreaterThan(0)
  for (const form of forms) {
    expect(form.getAttribute('action')).toBe(flow.ui.action)
    expect(form.method).toBe(flow.ui.method.toLowerCase())
    const tokens = all(form, 'input[name="csrf_token"]') as HTMLInputElement[]
    expect(tokens.map(({ value }) => value)).toEqual([hiddenValue(flow.ui.nodes, 'csrf_token')])
    // Kratos takes the first `method` it finds: a hidden one must not stand beside the buttons of another.
    const hidden = form.querySelector('input[name="method"]')?.getAttribute('value')
    const methods = all(form, 'button[name="method"]').map((button) => button.getAttribute('value'))
    if (hidden) expect(methods.every((method) => method === hidden)).toBe(true)
  }
})

test.each(FORMS)('$name: hidden values are carried along', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const { attributes } of flow.ui.nodes.filter(isHidden)) {
    const found = all(page, `input[type="hidden"][name="${attributes.name}"]`) as HTMLInputElement[]
    expect(
      found.map(({ value }) => value),
      attributes.name,
    ).toContain(String(attributes.value ?? ''))
  }
})

test.each(FLOWS)('$name: each message is shown under its name', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const messages = [...(flow.ui.messages ?? []), ...flow.ui.nodes.flatMap((node) => node.messages)]
  for (const { id, text } of messages) {
    expect(page.querySelector(`[data-testid="ui/message/${id}"]`), String(id)).not.toBeNull()
    const texts = all(page, '.message').map((element) => element.textContent)
    expect(texts, String(id)).toContain(text)
  }
})

test.each(FLOWS)('$name: ids are unique, and what points to one finds it', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const ids = all(page, '[id]').map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  for (const label of all(page, 'label')) expect(ids).toContain(label.getAttribute('for'))
  for (const element of all(page, '[aria-describedby]')) {
    for (const id of element.getAttribute('aria-describedby')?.split(' ') ?? []) expect(ids).toContain(id)
  }
  for (const link of all(page, 'a[href^="#"]')) expect(ids).toContain(link.getAttribute('href')?.slice(1))
})

test.each(FLOWS)('$name: each field has a label with words, and says so when it is wrong', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  for (const node of flow.ui.nodes.filter(isField)) {
    const field = page.querySelector<HTMLInputElement>(
      `[name="${node.attributes.name}"]:not([type="hidden"]):not(button)`,
    )
    const label = page.querySelector(`label[for="${field?.id}"]`)
    expect(label?.textContent, node.attributes.name).toBe(node.meta.label?.text ?? node.attributes.name)
    const wrong = node.messages.some((message) => message.type === 'error')
    expect(field?.getAttribute('aria-invalid')).toBe(wrong ? 'true' : null)
    if (wrong) {
      const described = page.querySelector(`#${field?.getAttribute('aria-describedby')}`)
      for (const { text } of node.messages) expect(described?.textContent).toContain(text)
    }
  }
})

test.each(FLOWS)('$name: the fields of a group keep the order in which Kratos sent them', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  const shown = all(page, 'input:not([type="hidden"]), select').map((field) => field.getAttribute('name'))
  for (const group of new Set(flow.ui.nodes.map((node) => node.group))) {
    const sent = flow.ui.nodes.filter(isField).filter((node) => node.group === group)
    const names = sent.map(({ attributes }) => attributes.name)
    expect(shown.filter((name) => names.includes(name ?? ''))).toEqual(names)
  }
})

test.each(FLOWS)('$name: at most one element asks for the focus, and there is one heading', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  expect(all(page, '[autofocus]').length).toBeLessThanOrEqual(1)
  expect(all(page, 'h2')).toHaveLength(1)
})

test.each(FLOWS)('$name: nothing of it runs', ({ type, flow }) => {
  const page = renderFlow(type, flow)
  expect(all(page, 'script, style, iframe, [style]')).toEqual([])
  const handlers = all(page, '*').flatMap((element) =>
    element.getAttributeNames().filter((name) => name.startsWith('on')),
  )
  expect(handlers).toEqual([])
})

function all(root: Element, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)]
}

function keys(buttons: HTMLButtonElement[]): string[] {
  return buttons.map(({ name, value }) => `${name}=${value}`).sort()
}

function same(attributes: InputNode['attributes'], { name, value }: HTMLButtonElement): boolean {
  return attributes.name === name && String(attributes.value ?? '') === value
}

function hiddenValue(nodes: readonly UiNode[], name: string): string {
  const node = nodes.filter(isHidden).find(({ attributes }) => attributes.name === name)
  return String(node?.attributes.value)
}
