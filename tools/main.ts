import { onStopSignal, stopAll } from './process.ts'

/**
 * Runs a script's task. At its end, at an error or at a stop signal it stops what was started, and exits.
 *
 * @param task resolves with the exit code, or with undefined when what it started is to run until a stop signal
 * @param signalCode the exit code after a stop signal
 */
export async function main(task: () => Promise<number | undefined>, signalCode = 0): Promise<void> {
  let stopping = false
  onStopSignal(async () => {
    stopping = true
    console.log('\nStopping')
    await stopAll()
    process.exit(signalCode)
  })
  let code: number | undefined
  try {
    code = await task()
  } catch (error) {
    // What a stop signal interrupts fails, which is no news.
    if (!stopping) console.error(error instanceof Error ? error.message : error)
    code = 1
  }
  if (stopping || code === undefined) return
  stopping = true
  await stopAll()
  process.exit(code)
}
