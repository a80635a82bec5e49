import { expect, test } from 'vitest'
import { countGivenUp, readTroubles } from './access-log.ts'

const KILLS = [{ port: 4001, at: 1000 }]
const [A, B] = ['127.0.0.1:4001', '127.0.0.1:4002']

test.each([
  ['a good page', `1.2|80|GET|/login|200|${A}|200`, []],
  ['a form that a killed instance had in hand', `1.2|80|POST|/self-service/login|502|${A}|502`, ['cut']],
  ['the same of one that was not killed', `1.2|80|POST|/self-service/login|502|${B}|502`, ['seen']],
  ['the same much later', `9.2|80|POST|/self-service/login|502|${A}|502`, ['seen']],
  ['a form that no instance took', `1.2|80|POST|/self-service/login|502|${A}, ${B}|502, 502`, ['seen']],
  ['a form that an instance answers with 503', `1.2|80|POST|/self-service/login|503|${A}|503`, ['seen']],
  ['a page that nobody has', `1.2|80|GET|/login|502|${A}|502`, ['seen']],
  ['a page from the next instance', `1.2|80|GET|/login|200|${A}, ${B}|502, 200`, ['retried']],
  ['a call to Kratos', `1.2|81|GET|/sessions/whoami|502|${A}|502`, []],
])('%s', (_name, line, kinds) => {
  expect(readTroubles(`${line}\n`, 80, KILLS).map(({ kind }) => kind)).toEqual(kinds)
})

test('what a UI gave up is a whoami without an answer, and no page that a person left', () => {
  const lines = [
    `1.2|81|GET|/sessions/whoami|499|${A}|-`,
    `1.2|81|GET|/sessions/whoami|200|${A}|200`,
    `1.2|80|GET|/sessions/whoami|499|${A}|-`,
    `1.2|81|GET|/self-service/login/flows|499|${A}|-`,
  ]
  expect(countGivenUp(`${lines.join('\n')}\n`, 81)).toBe(1)
})
