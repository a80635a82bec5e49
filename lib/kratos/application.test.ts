import type { OAuth2Client } from '@ory/client'
import { describe, expect, test } from 'vitest'
import { clientOf, nativeFormActions, toApplication } from '#lib/kratos/application.ts'
import type { Flow } from '#lib/kratos/flows.ts'

const HOSTS = ['logos.example.org', 'localhost:4777', 'example.org:8443']

const flowFor = (client: OAuth2Client | undefined) =>
  ({ oauth2_login_request: client && { client } }) as unknown as Flow

const applicationOf = (flow: Flow, hosts: readonly string[]) => toApplication(clientOf(flow), hosts)

describe('the application', () => {
  test('has its name, its logo from an allowed host, and its links', () => {
    const client = {
      client_name: ' Photo Album ',
      logo_uri: 'https://logos.example.org/a.png',
      policy_uri: 'https://example.org/privacy?a=1',
      tos_uri: 'http://example.org/terms',
    }
    expect(applicationOf(flowFor(client), HOSTS)).toEqual({
      name: 'Photo Album',
      logo: client.logo_uri,
      policy: client.policy_uri,
      terms: client.tos_uri,
    })
  })

  test('is called by its id when it has no name', () => {
    expect(applicationOf(flowFor({ client_id: 'abc' }), [])).toEqual({ name: 'abc' })
  })

  test.each([
    ['no application', flowFor(undefined)],
    ['one without a name or id', flowFor({})],
    ['one whose name is empty', flowFor({ client_name: '\u202e \n' })],
    ['a flow that has none', {} as Flow],
  ])('is not there for %s', (_, flow) => {
    expect(applicationOf(flow, HOSTS)).toBeUndefined()
  })

  test.each([
    ['line\nbreak', 'line break'],
    ['\u202egnp.exe\u202c', 'gnp.exe'],
    ['\u2066isolated\u2069', 'isolated'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['x'.repeat(101), `${'x'.repeat(100)}…`],
    ['👩‍🚀'.repeat(1), '👩‍🚀'],
  ])('has a name that stays in its place: %j', (name, shown) => {
    expect(applicationOf(flowFor({ client_name: name }), [])?.name).toBe(shown)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//example.org/x', '/privacy', 'nonsense', ''])(
    'has no link %s',
    (uri) => {
      const client = { client_name: 'a', policy_uri: uri, tos_uri: uri, logo_uri: uri }
      expect(applicationOf(flowFor(client), HOSTS)).toEqual({ name: 'a' })
    },
  )

  test.each([
    ['https://logos.example.org/a.png', true],
    ['http://localhost:4777/logo.png', true],
    ['https://example.org:8443/a.png', true],
    ['https://logos.example.org:8443/a.png', false],
    ['https://evil.logos.example.org/a.png', false],
    ['https://logos.example.org@evil.example/a.png', false],
    ['http://logos.example.org/a.png', false],
    ['data:image/png;base64,AAAA', false],
  ])('shows the logo %s: %s', (uri, shown) => {
    const application = applicationOf(flowFor({ client_name: 'a', logo_uri: uri }), HOSTS)
    expect(application?.logo !== undefined).toBe(shown)
  })
})

describe('form-action', () => {
  test.each([
    [['https://app.example.org/callback'], []],
    [['com.example.app:/callback'], ['com.example.app:']],
    [['MyApp://x', 'myapp:/y'], ['myapp:']],
    [['http://127.0.0.1/callback'], ['http://127.0.0.1:*']],
    [['http://localhost:8080/callback'], ['http://localhost:*']],
    [['http://example.org/callback'], []],
    [['javascript:alert(1)', 'data:text/html,x', 'blob:x', 'file:///x', 'nonsense'], []],
    [["x; script-src 'unsafe-inline':/", 'a b:/c'], []],
    [
      Array.from({ length: 40 }, (_, index) => `app${index}:/`),
      Array.from({ length: 10 }, (_, index) => `app${index}:`),
    ],
  ])('for %j is widened by %j', (uris, sources) => {
    expect(nativeFormActions(clientOf(flowFor({ redirect_uris: uris })))).toEqual(sources)
  })

  test('is left alone without an application, or with odd metadata', () => {
    expect(nativeFormActions(clientOf({} as Flow))).toEqual([])
    expect(nativeFormActions(clientOf(flowFor({ redirect_uris: 'com.example.app:/' as unknown as string[] })))).toEqual(
      [],
    )
  })
})
