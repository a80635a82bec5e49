// @vitest-environment jsdom
import type { UiNode } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import { renderFixture, renderFlow, renderNode } from '../../tools/testing/render-flow.tsx'

function node(parts: { type: string; attributes: object; group?: string; label?: string }): UiNode {
  const { label, group = 'default', ...rest } = parts
  const meta = label ? { label: { id: 1, text: label, type: 'info' } } : {}
  return { group, messages: [], meta, ...rest } as unknown as UiNode
}

describe('checkbox', () => {
  const box = () =>
    renderFixture('registration-traits').querySelector<HTMLInputElement>('[name="traits.tos"][type="checkbox"]')

  test('its hidden twin before it says false, and is no checkbox', () => {
    const twin = box()?.previousElementSibling as HTMLInputElement
    expect([twin.type, twin.name, twin.value]).toEqual(['hidden', 'traits.tos', 'false'])
  })

  test('its label comes directly after it', () => {
    expect(box()?.nextElementSibling?.tagName).toBe('LABEL')
    expect(box()?.nextElementSibling?.getAttribute('for')).toBe(box()?.id)
  })

  test('it sends true, and is ticked where the value is true', () => {
    expect([box()?.value, box()?.checked]).toEqual(['true', false])
    const ticked = renderFixture('settings-traits').querySelector('[name="traits.newsletter"][type="checkbox"]')
    expect((ticked as HTMLInputElement).checked).toBe(true)
  })
})

describe('select', () => {
  const select = (name: string) =>
    renderFixture('newer/registration-select').querySelector<HTMLSelectElement>(`select[name="${name}"]`)
  const options = (name: string) => [...(select(name)?.options ?? [])].map(({ value }) => value)

  test('has the options, and an empty one while nothing is chosen', () => {
    expect(options('traits.plan')).toEqual(['', 'free', 'team', 'enterprise'])
    expect(select('traits.plan')?.value).toBe('')
  })

  test('has the value chosen, numbers included', () => {
    expect(select('traits.seats')?.value).toBe('5')
  })

  test('a value that is no option is not replaced by the first one', () => {
    expect(select('traits.region')?.value).toBe('')
    const { type, flow } = readFixture('newer/registration-select')
    for (const { attributes } of flow.ui.nodes) {
      if ('name' in attributes && attributes.name === 'traits.region') attributes.required = true
    }
    expect(renderFlow(type, flow).querySelector<HTMLSelectElement>('[name="traits.region"]')?.value).toBe('')
  })
})

describe('text', () => {
  test('backup codes stand in a code element each', () => {
    const codes = renderFixture('settings-lookup-created').querySelectorAll(
      '[data-testid="node/text/lookup_secret_codes/text"] code',
    )
    expect(codes).toHaveLength(12)
    for (const code of codes) expect(code.textContent).toMatch(/^[0-9a-f]{8}$/)
  })

  test('a used code is marked', () => {
    const used = renderFixture('settings-lookup-revealed').querySelectorAll('[data-used]')
    expect([...used].map((code) => code.textContent)).toEqual(['Secret was used at 2026-01-01 12:30:00 +0000 UTC'])
  })

  test('the secret of an authenticator app stands bare', () => {
    const secret = renderFixture('settings').querySelector('[data-testid="node/text/totp_secret_key/text"]')
    expect(secret?.textContent).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')
  })
})

describe('image', () => {
  test('the QR code has a text alternative and its size', () => {
    const image = renderFixture('settings').querySelector<HTMLImageElement>('[data-testid="node/image/totp_qr"]')
    expect(image?.alt).toBe('Authenticator app QR code')
    expect(image?.src).toMatch(/^data:image\/png;base64,/)
    expect([image?.width, image?.height]).toEqual([256, 256])
  })

  test.each(['https://tracker.example/a.png', 'data:image/svg+xml;base64,PHN2Zz4=', '/a.png'])(
    '%s is left out',
    (src) => {
      const attributes = { src, id: 'qr', width: 1, height: 1, node_type: 'img' }
      expect(renderNode(node({ type: 'img', attributes })).querySelector('img')).toBeNull()
    },
  )
})

describe('anchor', () => {
  const anchor = (href: string) =>
    renderNode(node({ type: 'a', label: 'Continue', attributes: { href, id: 'continue', node_type: 'a' } }))

  test.each(['https://www.example.org/?a=1', 'http://localhost/x', '/welcome'])('%s can be followed', (href) => {
    expect(anchor(href).querySelector('a[data-testid="node/anchor/continue"]')?.getAttribute('href')).toBe(href)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', '/\\evil.example', ''])(
    '%s is text',
    (href) => {
      expect(anchor(href).querySelector('a, [href]')).toBeNull()
      expect(anchor(href).querySelector('[data-testid="node/anchor/continue"]')?.textContent).toBe('Continue')
    },
  )
})

describe('what nobody knows yet', () => {
  const page = () => renderFixture('newer/login-unknown')

  test('a node type shows its label and messages', () => {
    expect(page().textContent).toContain('Watch how to sign in')
    expect(page().querySelector('[data-testid="ui/message/4999998"]')?.textContent).toBe(
      'The video could not be loaded.',
    )
    expect(page().querySelector('video')).toBeNull()
  })

  test('an input type is a field to fill in', () => {
    const field = page().querySelector<HTMLInputElement>('[name="favourite_colour"]')
    expect([field?.type, field?.value]).toEqual(['text', 'red'])
  })

  test('a group has its fields and its button in the form', () => {
    const form = page().querySelector('[name="retina_scan"]')?.closest('form')
    expect(form?.querySelector('button[name="method"][value="retina"]')?.textContent).toBe('Sign in with your eye')
  })

  test('a message is shown by its text', () => {
    expect(page().querySelector('[data-testid="ui/message/1234"]')?.textContent).toBe('A message that a webhook wrote.')
  })

  test('a group of the settings has a section', () => {
    const section = renderFixture('newer/settings-saml').querySelector('#settings-deviceauthn')
    expect(section?.querySelector('h3')?.textContent).toBe('More settings')
    expect(section?.querySelector('button[name="deviceauthn_remove"]')).not.toBeNull()
  })

  test("Kratos's script is not loaded", () => {
    const attributes = { src: 'https://x.example/webauthn.js', id: 'webauthn_script', node_type: 'script' }
    expect(renderNode(node({ type: 'script', group: 'webauthn', attributes })).innerHTML).toBe('')
  })
})

describe('captcha', () => {
  test('its place is above the buttons, in the form that it protects', () => {
    const form = renderFixture('newer/registration-captcha').querySelector('form')
    const place = form?.querySelector<HTMLElement>('#cf-turnstile')
    expect(place?.dataset.sitekey).toBe('0x4AAAAAAA')
    const button = form?.querySelector('button') as Element
    const follows = (place?.compareDocumentPosition(button) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING
    expect(follows).not.toBe(0)
    expect(form?.querySelector('[name="transient_payload.captcha_turnstile_response"]')).not.toBeNull()
  })
})

describe('button', () => {
  test('one that needs JavaScript is hidden, and submits nothing by itself', () => {
    const button = renderFixture('login').querySelector<HTMLButtonElement>('[name="passkey_login_trigger"]')
    expect(button?.type).toBe('button')
    expect(button?.closest('[hidden]')).not.toBeNull()
    expect(button?.dataset.trigger).toBe('oryPasskeyLogin')
  })

  test.each(['webauthn_remove', 'passkey_remove'])('%s looks dangerous', (name) => {
    expect(renderFixture('settings-keys').querySelector(`[name="${name}"]`)?.className).toContain('button-danger')
  })

  test('a disabled one stays disabled', () => {
    const attributes = {
      name: 'passkey_remove',
      type: 'submit',
      value: '0a',
      disabled: true,
      node_type: 'input',
    }
    const button = renderNode(node({ type: 'input', attributes, label: 'Remove' })).querySelector('button')
    expect(button?.disabled).toBe(true)
  })
})

describe('field', () => {
  test.each([
    ['login', 'password', 'current-password'],
    ['login', 'identifier', 'username'],
    ['registration', 'password', 'new-password'],
    ['registration', 'traits.email', 'email'],
    ['login-code-sent', 'code', 'one-time-code'],
    ['settings', 'totp_code', 'one-time-code'],
  ])('%s: %s is filled in as %s', (name, field, expected) => {
    const input = renderFixture(name).querySelector(`input[name="${field}"]`)
    expect(input?.getAttribute('autocomplete')?.split(' ')).toContain(expected)
  })

  test('a password that Kratos would send back is not written into the page', () => {
    const attributes = { name: 'password', type: 'password', value: 'hunter2', node_type: 'input' }
    expect(renderNode(node({ type: 'input', attributes, group: 'password' })).innerHTML).not.toContain('hunter2')
  })

  test('what was typed is escaped', () => {
    const attributes = {
      name: 'identifier',
      type: 'text',
      value: '"><script>alert(1)</script>',
      node_type: 'input',
    }
    const page = renderNode(node({ type: 'input', attributes, label: '<b>ID</b>' }))
    expect(page.querySelector('script, b')).toBeNull()
    expect(page.querySelector('input')?.value).toBe('"><script>alert(1)</script>')
  })
})
