import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'
import { ROUTES, routeOf } from './route-of.ts'

test('every page and every route of app/ is known, and no other', () => {
  const files = globSync(['{page.tsx,**/page.tsx,**/route.ts}', '.well-known/**/route.ts'], { cwd: join(ROOT, 'app') })
  const ours = files.map((file) => `/${file.replace(/\/?(page\.tsx|route\.ts)$/, '')}`)
  const isOurs = (route: string) =>
    !/^\/(_next|icon\.svg|self-service|schemas|sessions\/|\.well-known\/ory)/.test(route)
  expect(ROUTES.filter(isOurs).sort()).toEqual(ours.sort())
})

test.each([
  ['/', '/'],
  ['/login', '/login'],
  ['/login/', '/login'],
  ['/login/x', 'other'],
  ['/wp-admin.php', 'other'],
  ['/problem/429', '/problem/[status]'],
  ['/brand/logo.svg', '/brand/[name]'],
  ['/icon.svg', '/icon.svg'],
  ['/_next/static/chunks/a.js', '/_next/static/[file]'],
  ['/self-service/login', '/self-service/login'],
  ['/self-service/login/browser', '/self-service/login/browser'],
  ['/self-service/methods/oidc/callback/google', '/self-service/methods/[method]'],
  ['/self-service/fed-cm/token', '/self-service/[other]'],
  ['/sessions', '/sessions'],
  ['/sessions/whoami', '/sessions/whoami'],
  ['/sessions/9f425a8d-7efc-4768-8f23-7647a74fdf13', '/sessions/[id]'],
  ['/schemas/preset', '/schemas/[id]'],
  ['/.well-known/ory/webauthn.js', '/.well-known/ory/[file]'],
])('%s is of %s', (path, route) => {
  expect(routeOf(path)).toBe(route)
})
