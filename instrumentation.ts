/** Next calls this once at boot: a wrong environment stops the server also where the entry is not used. */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too, which has no use for it.
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('#lib/env.ts')).env()
}

type ErrorRequest = { path: string; headers: NodeJS.Dict<string | string[]> }

/** An error that reached Next: a bug of ours. Only what cannot hold anything personal is logged. */
export async function onRequestError(error: unknown, request: ErrorRequest): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('#lib/log.ts')
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an Error')
  // The frames without the message, which may quote anything.
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  const path = request.path.split('?', 1)[0]
  log().error({ error: name, frames, path, requestId: request.headers['x-request-id'] }, 'a page failed')
}
