// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { readFixture } from '../../tools/testing/fixtures.ts'
import { renderFixture, renderFlow } from '../../tools/testing/render-flow.tsx'

describe('the button that Enter presses', () => {
  // A form is submitted by its first submit button in tree order, wherever CSS shows it.
  test.each([
    ['login', 'method=password'],
    ['login-webauthn', 'method=password'],
    ['login-identifier-first', 'method=identifier_first'],
    ['login-identifier-first-credentials', 'method=password'],
    ['registration', 'method=password'],
    ['registration-two-step', 'method=profile'],
    ['registration-two-step-credentials', 'method=password'],
    ['recovery', 'method=code'],
    ['recovery-code-sent', 'method=code'],
    ['login-code-wrong', 'method=code'],
    ['newer/login-unknown', 'method=password'],
    ['newer/recovery-address-choice', 'recovery_select_address=an****@example.org'],
  ])('%s: %s', (name, expected) => {
    const button = renderFixture(name).querySelector<HTMLButtonElement>('form button[type="submit"]')
    expect(`${button?.name}=${button?.value}`).toBe(expected)
  })

  test('it is the only primary one of its form', () => {
    const [form] = renderFixture('login').querySelectorAll('form')
    const primary = [...(form?.querySelectorAll('.button-primary') ?? [])]
    expect(primary.map((button) => button.getAttribute('value'))).toEqual(['password'])
  })
})

describe('which buttons need all fields', () => {
  test.each([
    ['login', 'password', false],
    ['login', 'code', true],
    ['registration', 'password', false],
    ['registration', 'code', true],
    ['login-code-sent', 'code', false],
    ['recovery', 'code', false],
    ['login-webauthn', 'webauthn', true],
    ['newer/registration-captcha', 'password', false],
  ])('%s: method=%s, formnovalidate %s', (name, method, expected) => {
    const button = renderFixture(name).querySelector(`button[name="method"][value="${method}"]`)
    expect(button?.hasAttribute('formnovalidate')).toBe(expected)
  })

  test.each([
    ['login', 'button[name="provider"][value="google"]'],
    ['login-code-sent', 'button[name="resend"]'],
    ['recovery-code-sent', 'button[name="email"]'],
    ['registration-two-step-credentials', 'button[name="screen"][value="previous"]'],
  ])('%s: %s goes without', (name, selector) => {
    expect(renderFixture(name).querySelector(selector)?.hasAttribute('formnovalidate')).toBe(true)
  })
})

describe('what existing test suites look for', () => {
  test.each([
    ['login', '[data-testid="login-flow"] [data-testid="login-flow-code"] input[name="identifier"]'],
    ['login', '[data-testid="login-flow"] button[value="password"]'],
    ['login', '[data-testid="signup-link"][href="/registration"]'],
    ['login', '[data-testid="forgot-password-link"][href="/recovery"]'],
    ['login', 'a[href*="registration"]'],
    ['login', '[data-testid="node/input/identifier"] input'],
    ['login', '[data-testid="node/input/identifier"] label'],
    ['login-webauthn', '[data-testid="passwordless-flow"] input[name="identifier"]'],
    ['login-aal2', '[data-testid="logout-link"][href="/logout"]'],
    ['login-aal2', '[name="webauthn_login_trigger"]'],
    ['login-aal2', '[data-testid="ui/message/1010004"]'],
    ['login-aal2-code', '[name="address"][value="wanda@example.org"]'],
    ['login-code-sent', 'input[name="method"][value="code"][type="hidden"]'],
    ['login-code-sent', 'form:has(input[name="code"]) input[name="identifier"][type="hidden"]'],
    ['registration', '[data-testid="registration-flow"] [data-testid="registration-flow-code"] form'],
    ['registration', '[data-testid="registration-flow-code"] input[name="traits.email"]'],
    ['registration', 'form[data-testid="passkey-flow"] input[name="traits.email"]'],
    ['registration', '[name="passkey_register_trigger"]'],
    ['registration', '[data-testid="cta-link"][href="/login"]'],
    ['registration-webauthn', '[data-testid="passwordless-flow"] input[name="traits.email"]'],
    ['registration-two-step-credentials', 'button[name="screen"][value="previous"]'],
    ['recovery-code-sent', 'button[name="email"][value="anna@example.org"]'],
    ['verification-passed', 'a[data-testid="node/anchor/continue"]'],
    ['settings', '[data-testid="node/text/totp_secret_key/text"]'],
    ['settings', '[data-testid="node/text/totp_secret_key/label"]'],
    ['settings', 'img[data-testid="node/image/totp_qr"]'],
    ['settings', '[name="link"][value="google"]'],
    ['settings', '[name="webauthn_register_displayname"]'],
    ['settings', '[name="webauthn_register_trigger"]'],
    ['settings', 'button[name="lookup_secret_regenerate"]'],
    ['settings-oidc-linked', '[name="unlink"][value="google"]'],
    ['settings-totp-enrolled', '[name="totp_unlink"]'],
    ['settings-lookup-created', 'button[name="lookup_secret_confirm"]'],
    ['settings-lookup-created', '[data-testid="node/text/lookup_secret_codes/label"]'],
    ['settings-lookup-confirmed', 'button[name="lookup_secret_reveal"]'],
    ['settings-lookup-confirmed', 'button[name="lookup_secret_disable"]'],
  ])('%s: %s, once', (name, selector) => {
    expect(renderFixture(name).querySelectorAll(selector)).toHaveLength(1)
  })

  test('a form of code and security keys stands in both containers', () => {
    const form = renderFixture('registration-two-step-credentials').querySelector('form')
    expect(form?.closest('[data-testid="registration-flow-code"]')).not.toBeNull()
    expect(form?.closest('[data-testid="passwordless-flow"]')).not.toBeNull()
  })

  test('each key has a button that removes it', () => {
    const page = renderFixture('settings-keys')
    expect(page.querySelectorAll('[name="webauthn_remove"]')).toHaveLength(2)
    expect(page.querySelectorAll('[name="passkey_remove"]')).toHaveLength(1)
  })

  test('the codes are gone once they are confirmed', () => {
    const page = renderFixture('settings-lookup-confirmed')
    expect(page.querySelector('[data-testid^="node/text/lookup_secret_codes"]')).toBeNull()
  })

  test.each([
    ['login-aal2', 'Two-Factor Authentication'],
    ['login-refresh', 'Confirm it is you'],
    ['login', 'Sign in'],
    ['settings', 'Account settings'],
  ])('%s: the heading and the title are "%s"', (name, expected) => {
    const page = renderFixture(name)
    expect(page.querySelector('h2')?.textContent).toBe(expected)
    expect(page.querySelector('title')?.textContent).toBe(expected)
  })

  test.each([
    ['profile', 'Profile Settings'],
    ['password', 'Change Password'],
    ['totp', 'Manage 2FA TOTP Authenticator App'],
    ['lookup_secret', 'Manage 2FA Backup Recovery Codes'],
    ['webauthn', 'Manage Hardware Tokens and Biometrics'],
    ['passkey', 'Manage Passkeys'],
    ['oidc', 'Manage Social Sign In'],
  ])('settings: the section %s is headed "%s"', (group, expected) => {
    expect(renderFixture('settings').querySelector(`#settings-${group} h3`)?.textContent).toBe(expected)
  })
})

describe('forms', () => {
  const groups = (name: string) =>
    [...renderFixture(name).querySelectorAll('form')].map((form) =>
      [...form.querySelectorAll<HTMLElement>('[data-group]')].map((block) => block.dataset.group),
    )

  test('methods that share fields share a form, social sign-in has its own', () => {
    expect(groups('login')).toEqual([['password', 'code', 'passkey'], ['oidc']])
    expect(renderFixture('login').querySelectorAll('form')[1]?.querySelector('input:not([type="hidden"])')).toBeNull()
  })

  test('the settings have one a group', () => {
    const expected = ['passkey', 'profile', 'password', 'oidc', 'lookup_secret', 'webauthn', 'totp']
    expect(groups('settings')).toEqual(expected.map((group) => [group]))
  })

  test('second factors have one each', () => {
    expect(groups('login-aal2')).toEqual([['totp'], ['webauthn'], ['lookup_secret']])
  })

  test('social buttons are all alike, but for the one that sends what the provider did not tell', () => {
    const primary = (name: string) => [...renderFixture(name).querySelectorAll('.button-primary')]
    expect(primary('login-oidc-only')).toEqual([])
    expect(primary('registration-oidc-missing').map((button) => button.textContent)).toEqual(['Continue'])
  })

  test('the first second factor alone has a primary button', () => {
    const primary = [...renderFixture('login-aal2').querySelectorAll('.button-primary')]
    expect(primary.map((button) => button.getAttribute('value'))).toEqual(['totp'])
  })

  test('a flow with nothing to fill in says so', () => {
    const { type, flow } = readFixture('login')
    const nodes = flow.ui.nodes.filter(({ group }) => group === 'default').slice(0, 1)
    const page = renderFlow(type, { ...flow, ui: { ...flow.ui, nodes } })
    expect(page.textContent).toContain('There is no way to sign in here at the moment')
  })
})

describe('errors', () => {
  test('with two or more there is a summary that leads to the fields', () => {
    const summary = renderFixture('registration-traits-errors').querySelector('.summary')
    const links = [...(summary?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['#default-traits-website', '#default-traits-age', '#default-traits-tos'])
    expect(summary?.textContent).toContain('Age: must be >= 16 but found 12')
    expect(summary?.getAttribute('role')).toBe('alert')
    expect(summary?.querySelector('[data-testid]')).toBeNull()
  })

  test('with one there is none', () => {
    expect(renderFixture('recovery-errors').querySelector('.summary')).toBeNull()
    expect(renderFixture('recovery-errors').querySelector('[aria-invalid]')).not.toBeNull()
  })

  test.each([
    ['registration-traits-errors', 'default-traits-website'],
    ['login-errors', 'default-identifier'],
    ['settings-password-error', 'password-password'],
    ['login-code-sent', 'code-code'],
    ['login-aal2-wrong', 'totp-totp_code'],
    ['login-wrong-password', 'password-password'],
    ['login', undefined],
  ])('%s: the focus is on %s', (name, expected) => {
    expect(renderFixture(name).querySelector('[autofocus]')?.id).toBe(expected)
  })

  test.each([
    ['login-wrong-password', 'alert'],
    ['login-code-sent', 'status'],
  ])('%s: the message of the flow is announced as %s', (name, role) => {
    expect(renderFixture(name).querySelector('.message')?.closest('[role]')?.getAttribute('role')).toBe(role)
  })

  test('two messages with one id in a form both have its name', () => {
    const form = renderFixture('login-errors').querySelector('form')
    const texts = [...(form?.querySelectorAll('.message') ?? [])].map((message) => message.textContent)
    expect(texts).toEqual(['Property identifier is missing.', 'Property password is missing.'])
    const named = form?.querySelectorAll('[data-testid="ui/message/4000002"]')
    expect([...(named ?? [])].map((message) => message.textContent)).toEqual(texts)
  })
})

describe('social sign-in in the settings', () => {
  test.each([
    ['settings', true],
    ['settings-oidc-linked', false],
  ])('%s: says why the last way to sign in has no unlink button: %s', (name, expected) => {
    const section = renderFixture(name).querySelector('#settings-oidc')
    expect(section?.querySelector('button[name="unlink"]') === null).toBe(expected)
    expect(section?.textContent?.includes('your only way to sign in')).toBe(expected)
  })
})

describe('a field for a code', () => {
  test('takes more than six characters, so that a pasted code is not cut', () => {
    const { flow } = readFixture('recovery-code-sent')
    const node = flow.ui.nodes.find(({ attributes }) => 'maxlength' in attributes)
    expect(node?.attributes).toMatchObject({ name: 'code', maxlength: 6 })
    const field = renderFixture('recovery-code-sent').querySelector('input[name="code"]')
    expect(field?.hasAttribute('maxlength')).toBe(false)
  })

  test.each([
    ['login-code-sent', 'resend'],
    ['recovery-code-sent', 'email'],
    ['verification-code-sent', 'email'],
    ['newer/recovery-code', 'recovery_confirm_address'],
    ['newer/recovery-address-choice', undefined],
    ['login', undefined],
  ])('%s: the button that waits is %s', (name, button) => {
    const marked = [...renderFixture(name).querySelectorAll('button[data-resend]')]
    expect(marked.map((element) => element.getAttribute('name'))).toEqual(button ? [button] : [])
  })
})

describe('whom a login goes on with', () => {
  test.each([
    ['login', undefined],
    ['login-refresh', undefined],
    ['login-aal2', undefined],
    ['login-aal2-code', undefined],
    ['login-aal2-code-sent', 'mia@example.org Try another way'],
    ['login-aal2-wrong', undefined],
    ['login-code-sent', 'cora@example.org Not you?'],
    ['login-identifier-first-credentials', 'zoe@example.org Not you?'],
    ['login-identifier-first-code-sent', 'zoe@example.org Not you?'],
  ])('%s: %s', (name, expected) => {
    const shown = renderFixture(name).querySelector('[data-testid="flow-identifier"]')
    expect(shown?.textContent).toBe(expected)
  })
})

test.each(['login-code-sent', 'login-code-wrong', 'login-identifier-first-code-sent'])(
  '%s: the form of the code sends the identifier along',
  (name) => {
    const form = renderFixture(name).querySelector('input[name="code"]')?.closest('form')
    expect(form?.querySelector<HTMLInputElement>('input[name="identifier"]')?.value).toMatch(/@example\.org$/)
  },
)

describe('what an organization manages', () => {
  test('is said once a section, in place of the hint', () => {
    const page = renderFixture('newer/settings-managed')
    for (const group of ['profile', 'password']) {
      const messages = page.querySelectorAll(`#settings-${group} [data-testid="ui/message/1050023"]`)
      expect(messages).toHaveLength(1)
      expect(messages[0]?.closest('form')).toBeNull()
    }
    expect(page.querySelector('#settings-totp [data-testid="ui/message/1050023"]')).toBeNull()
    expect(page.querySelector<HTMLInputElement>('input[name="traits.email"]')?.disabled).toBe(true)
    expect(page.querySelector<HTMLButtonElement>('button[value="password"]')?.disabled).toBe(true)
  })
})

describe('settings after a recovery', () => {
  test.each([
    ['settings-after-recovery', 'settings-password'],
    // Otherwise as Kratos sent them.
    ['settings', 'settings-passkey'],
  ])('%s: %s comes first', (name, id) => {
    expect(renderFixture(name).querySelector('section')?.id).toBe(id)
  })
})
