import { setTimeout as sleep } from 'node:timers/promises'
import { type Background, lastLines } from './process.ts'

/**
 * Waits until a URL answers with a 2xx status.
 *
 * @param url what to ask
 * @param server the process that is expected to answer
 * @param timeoutMs how long to wait
 * @throws Error with the last lines of the log when the process ends first or the time is up; it is stopped then
 */
export async function waitUntilReady(url: string, server: Background, timeoutMs = 30_000): Promise<void> {
  let exitCode: number | undefined
  server.ended.then((code) => {
    exitCode = code
  })
  const deadline = Date.now() + timeoutMs
  while (Date.now() < deadline && exitCode === undefined) {
    if (await answers(url)) return
    await sleep(100)
  }
  const what = exitCode === undefined ? `was not ready after ${timeoutMs / 1000} s` : `ended (exit code ${exitCode})`
  await server.stop()
  throw new Error(`${server.name} ${what}. The end of ${server.logFile}:\n${lastLines(server.logFile)}`)
}

/** Whether a URL answers with a 2xx status (after redirects) within a second. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
