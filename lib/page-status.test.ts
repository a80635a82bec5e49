import type { ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { allowInCsp, setStatus, withResponse } from '#lib/page-status.ts'

const response = (headersSent = false) =>
  ({ statusCode: 200, headersSent, setHeader: vi.fn() }) as unknown as ServerResponse

test('a page sets the status of its own request, also after it waited', async () => {
  const [first, second] = [response(), response()]
  await Promise.all([
    withResponse(first, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      setStatus(410, { 'Retry-After': '7' })
    }),
    withResponse(second, () => setStatus(404)),
  ])
  expect([first.statusCode, second.statusCode]).toEqual([410, 404])
  expect(first.setHeader).toHaveBeenCalledWith('Retry-After', '7')
})

test('a second copy of the module finds the same response', async () => {
  vi.resetModules()
  const copy = await import('#lib/page-status.ts')
  expect(copy.setStatus).not.toBe(setStatus)
  const ours = response()
  withResponse(ours, () => copy.setStatus(503))
  expect(ours.statusCode).toBe(503)
})

test('nothing happens once the headers are sent, or without the entry', () => {
  const sent = response(true)
  withResponse(sent, () => setStatus(410))
  expect(sent.statusCode).toBe(200)
  expect(() => setStatus(410)).not.toThrow()
})

test('a page widens the policy of its own answer, while that can be done', () => {
  const withPolicy = (headersSent: boolean) =>
    ({
      headersSent,
      getHeader: () => "img-src 'self'; form-action 'self'",
      setHeader: vi.fn(),
    }) as unknown as ServerResponse
  const [ours, sent] = [withPolicy(false), withPolicy(true)]
  withResponse(ours, () => allowInCsp('form-action', ['com.example.app:']))
  expect(ours.setHeader).toHaveBeenCalledWith(
    'Content-Security-Policy',
    "img-src 'self'; form-action 'self' com.example.app:",
  )
  withResponse(sent, () => allowInCsp('form-action', ['com.example.app:']))
  expect(sent.setHeader).not.toHaveBeenCalled()
  expect(() => allowInCsp('form-action', ['com.example.app:'])).not.toThrow()
})
