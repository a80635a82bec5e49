import { expect, test } from 'vitest'
import { scrub } from './scrub.ts'

test('ids are numbered as they appear, the same one alike wherever it stands', () => {
  const [a, b] = ['3d9a0d3c-30ba-4a8f-8f70-1a1d5a4b7a10', '7f0f9b6e-64a8-4c2d-9d7c-0b8a6f1e2d3c']
  expect(scrub({ id: a, other: b, url: `http://x/?flow=${a}` })).toEqual({
    id: '00000000-0000-4000-8000-000000000001',
    other: '00000000-0000-4000-8000-000000000002',
    url: 'http://x/?flow=00000000-0000-4000-8000-000000000001',
  })
})

test('two recordings that differ in what is volatile become the same', () => {
  const recording = (seed: string) => ({
    issued_at: `2026-11-22T04:00:0${seed}.123456Z`,
    nodes: [
      { attributes: { name: 'csrf_token', type: 'hidden', value: `${seed}token` } },
      {
        attributes: { name: 'passkey_challenge', value: `{"publicKey":{"challenge":"${seed.repeat(43)}"}}` },
      },
      { attributes: { src: `data:image/png;base64,${seed}` } },
      {
        attributes: {
          text: { text: `ABCD${seed.repeat(28)}`, context: { secret: `ABCD${seed.repeat(28)}` } },
        },
      },
    ],
    messages: [{ text: `The login flow expired 0.0${seed} minutes ago, please try again.` }],
  })
  expect(scrub(recording('2'))).toEqual(scrub(recording('3')))
})

test('what is not volatile stays as it was, in its order', () => {
  const kept = {
    method: 'POST',
    nodes: [{ group: 'password', attributes: { name: 'identifier', required: true } }],
  }
  expect(JSON.stringify(scrub(kept))).toBe(JSON.stringify(kept))
})

test('hidden traits, which come in any order, are put in one; fields keep theirs', () => {
  const node = (name: string, type: string) => ({ attributes: { name, type } })
  const names = (nodes: object[]) =>
    (scrub({ nodes }) as { nodes: ReturnType<typeof node>[] }).nodes.map(({ attributes }) => attributes.name)
  expect(names([node('traits.b', 'hidden'), node('x', 'hidden'), node('traits.a', 'hidden')])).toEqual([
    'traits.a',
    'x',
    'traits.b',
  ])
  expect(names([node('traits.b', 'text'), node('traits.a', 'text')])).toEqual(['traits.b', 'traits.a'])
})

test('the traits of an identity, which come in any order, are put in one', () => {
  const traits = (scrub({ traits: { tos: true, email: 'a', name: { last: 'b' } } }) as { traits: object }).traits
  expect(Object.keys(traits)).toEqual(['email', 'name', 'tos'])
})
