import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serve } from './http/loopback.ts'
import { assertNoLeaks, findLeaks } from './log-leaks.ts'

const CODES = ['123456', '654321']
const ID = '1b4e28ba-2fa1-41d2-883f-0016d3cca427'

test.each([
  ['an address', 'sign-in of person-0123456789ab@example.org'],
  ['an address in a URL', 'GET /x?email=person-0123456789ab%40example.org'],
  ['a phone', '{"phone":"+493012345678"}'],
  ['a phone in a URL', 'phone=%2B493012345678'],
  ['a password', '{"password":"abcDEF_-0123-Aa1"}'],
  ['a flow in a URL', `GET /login?flow=${ID}`],
  ['a flow in a URL in a URL', `return_to=%2Flogin%3Fflow%3D${ID}`],
  ['a flow as JSON', `{"flow":"${ID}"}`],
  ['a token against forged requests', 'Set-Cookie: csrf_token_82b119fa=x'],
  ['a session', 'cookie: ory_kratos_session=x'],
  ['a cookie of ours', 'cookie: __Host-ksui_flash=x'],
  ['a sealed token', 'token Fe26.2*1*a'],
  ['a challenge', '/consent?consent_challenge=x'],
  ['a link of a mail', '/self-service/recovery?token=x'],
  ['a code', '{"code":"654321"}'],
  ['a code beside the id of a request', `{"requestId":"${ID}","typed":"123456"}`],
  ['a code in place of the id of a request', '{"requestId":"123456"}'],
  ['a code in words', 'the code 123456 is wrong'],
])('%s is found', (_name, line) => {
  expect(findLeaks('ui.log', `{"msg":"first"}\n${line}\n`, CODES)).toContainEqual(
    expect.objectContaining({ file: 'ui.log', line: 2 }),
  )
})

test.each([
  `{"level":30,"time":1123456789,"requestId":"${ID}","route":"/login","status":200,"msg":"request"}`,
  '{"requestId":"c123456f-2fa1-41d2-883f-0016d3cca427","status":200}',
  '{"requestId":"0b6ea654321ffc5ad3b2bd5b9a9be6a5","status":200}',
  `{"level":50,"call":"get login flow","status":500,"requestId":"${ID}"}`,
  '{"flow":"login","route":"/login","errorId":"session_inactive","status":401}',
  '{"duration":12.654321,"bytes":1234567,"time":"2026-11-24T10:00:00.123Z"}',
  'Ready on http://localhost:4455',
  'warning: COOKIE_SECRET is shorter than 32 characters',
])('an ordinary line is none: %s', (line) => {
  expect(findLeaks('ui.log', line, CODES)).toEqual([])
})

describe('a run', () => {
  async function run(logs: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), 'logs-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(logs)) {
      mkdirSync(join(folder, name), { recursive: true })
      writeFileSync(join(folder, name, 'ui.log'), text)
    }
    const { origin } = await serve((_, response) => response.end('[{"text":"Your code is 123456."}]'))
    return assertNoLeaks(folder, origin)
  }

  test('without leaks is fine', async () => {
    await expect(run({ a: '{"status":200}\n', 'b/c': '{"status":404}\n' })).resolves.toBeUndefined()
  })

  test('with a code of a mail in any log fails, and does not repeat it', async () => {
    const failure = await run({ a: '{}\n', 'b/c': '{}\n{"typed":"123456"}\n' }).catch((error: Error) => error.message)
    expect(failure).toContain('b/c/ui.log:2: a code')
    expect(failure).not.toContain('123456')
  })

  test('without any log fails', async () => {
    await expect(run({})).rejects.toThrow('No log of a UI')
  })
})
