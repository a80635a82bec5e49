import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'
import { securityHeaders } from '../server/security-headers.ts'
import { readHeaderTable } from '../tools/header-table.ts'
import { ROOT } from '../tools/paths.ts'

test('the headers of docs/security.md are those that are sent', () => {
  const sent = new Map<string, string>()
  const response = { setHeader: (name: string, value: string) => sent.set(name.toLowerCase(), value) }
  const environment = parseEnv({
    KRATOS_PUBLIC_URL: 'http://kratos:4433',
    KRATOS_BROWSER_URL: '/',
    PUBLIC_URL: 'https://login.example.org',
    COOKIE_SECRET: 'x'.repeat(32),
    NODE_ENV: 'production',
  })
  securityHeaders(environment)({ headers: {} } as IncomingMessage, response as unknown as ServerResponse)
  const policy = sent.get('content-security-policy')
  sent.delete('content-security-policy')
  const { headers, csp } = readHeaderTable()
  expect(headers).toEqual(sent)
  expect(csp).toBe(policy?.replace(/'nonce-[^']+'/, "'nonce-…'").replace(/'sha256-[^']+'/, "'sha256-…'"))
})

test('each test that docs/security.md names is there', () => {
  const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8')
  const rows =
    text
      .split('\n## Threats and defences\n')[1]
      ?.split('\n## ')[0]
      ?.match(/^\| [a-zA-Z`].*\|$/gm) ?? []
  const named = rows.flatMap((row) =>
    [...row.matchAll(/\]\(([^)]+\.(?:test|spec)\.tsx?)\)[^"[|]*(?:"([^"]+)")?/g)].map(([, file = '', title = '']) => ({
      file,
      title,
    })),
  )
  expect(rows.length).toBeGreaterThan(15)
  expect(named.length).toBeGreaterThanOrEqual(rows.length - 1)
  const missing = named.filter(({ file, title }) => !readFileSync(join(ROOT, 'docs', file), 'utf8').includes(title))
  expect(missing).toEqual([])
})
