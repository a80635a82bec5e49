import { test as base, expect } from '@playwright/test'
import { Guard } from './support/guard.ts'

// The guard watches every other spec: here it is shown that it sees each kind of trouble.
const INJECTED = {
  'a CSP violation': {
    inject: () => {
      document.body.setAttribute('style', 'color: red')
    },
    expected: /CSP violation/,
  },
  'a console error': { inject: () => console.error('injected'), expected: /console error: injected/ },
}

for (const [name, { inject, expected }] of Object.entries(INJECTED)) {
  base(`the guard fails on ${name}`, async ({ page, context }) => {
    const guard = new Guard()
    await guard.watch(context)
    await page.goto('/login')
    guard.assertClean()
    await page.evaluate(inject)
    await expect.poll(() => guard.problems.join('\n')).toMatch(expected)
    expect(() => guard.assertClean()).toThrow(expected)
  })
}

base('the guard fails on a page of another host', async ({ page, context }) => {
  const guard = new Guard()
  await guard.watch(context)
  await page.goto('https://elsewhere.example/')
  expect(() => guard.assertClean()).toThrow('request to another host: elsewhere.example')
})

base('the guard fails on a request to another host', async ({ page, context }) => {
  const guard = new Guard()
  await guard.watch(context)
  // On a page without our CSP, which would stop the request first.
  await page.setContent('<img src="https://elsewhere.example/picture.png" alt="">')
  await expect.poll(() => guard.problems).toContain('request to another host: elsewhere.example')
})
