import type { RequestListener } from 'node:http'
import { passThrough } from '../../server/pass-through.ts'
import { serve } from './loopback.ts'

/** A pass-through to a real upstream; `problems` fills with the statuses of problem pages, which are sent as 599. */
export async function passTo(listener: RequestListener, base = '') {
  const upstream = await serve(listener)
  const problems: number[] = []
  const front = await serve(
    passThrough(upstream.origin + base, (status, _request, response) => {
      problems.push(status)
      response.writeHead(599).end('problem')
    }),
  )
  return { port: front.port, problems, upstream }
}
