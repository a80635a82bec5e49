import { expect, test } from 'vitest'
import { readForm } from './form.ts'

const post = (body: string, type = 'application/x-www-form-urlencoded') =>
  new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': type } })

test('reads the fields of a form', async () => {
  const form = await readForm(post('a=1&b=%C3%A4+%26'))
  expect([...form]).toEqual([
    ['a', '1'],
    ['b', 'ä &'],
  ])
})

test.each([
  ['same-origin', 1],
  ['none', 1],
  ['same-site', 0],
  ['cross-site', 0],
])('a form from %s has %i fields', async (site, count) => {
  const request = post('a=1')
  request.headers.set('sec-fetch-site', site)
  expect([...(await readForm(request))]).toHaveLength(count)
})

test.each([
  ['no body', new Request('http://localhost/', { method: 'POST' })],
  ['another type', post('a=1', 'text/plain')],
  ['JSON', post('{"a":1}', 'application/json')],
  ['too much', post(`a=${'x'.repeat(70_000)}`)],
])('%s has no fields', async (_name, request) => {
  expect([...(await readForm(request))]).toEqual([])
})
