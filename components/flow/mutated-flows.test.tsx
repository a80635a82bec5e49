// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { toFlowResult } from '#lib/kratos/results.ts'
import { readSession } from '#lib/kratos/well-formed.ts'
import { fuzzFlows, fuzzSessions } from '../../tools/faults/fuzz-flows.ts'
import { allFlows, readSession as recordedSession } from '../../tools/testing/fixtures.ts'
import { renderFlow } from '../../tools/testing/render-flow.tsx'

test.each(allFlows())('$name is read as Kratos sent it', ({ flow }) => {
  const result = toFlowResult({ status: 200, body: flow })
  expect(result).toEqual({ kind: 'flow', flow: { ...flow, ui: { ...flow.ui, messages: flow.ui.messages ?? [] } } })
})

test('the recorded session is read as Kratos sent it', () => {
  expect(readSession(recordedSession())).toEqual(recordedSession())
})

describe('a flow that is not as Kratos sends it', () => {
  test.each(fuzzFlows(7, 200))('$id, from $from, breaks no page', ({ body, type }) => {
    const result = toFlowResult({ status: 200, body })
    if (result.kind === 'flow') expect(renderFlow(type, result.flow).textContent).not.toBe('')
    else expect(result.kind).toMatch(/problem|restart|redirect|sign/)
  })
})

test('no session that is not as Kratos sends it breaks a page', () => {
  const read = fuzzSessions(7, 400).map(readSession)
  expect(read.filter(Boolean).length).toBeGreaterThan(200)
})
