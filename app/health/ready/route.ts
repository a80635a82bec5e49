import { getHealth } from '#lib/get-health.ts'

export const dynamic = 'force-dynamic'

/** Readiness: Kratos answers, and Hydra where there is one. 503 with the reason otherwise. */
export async function GET(): Promise<Response> {
  const health = await getHealth()
  const headers = { 'Cache-Control': 'no-store' }
  if (health.ready) return Response.json({ status: 'ok' }, { headers })
  return Response.json({ status: 'unavailable', reason: health.reason }, { status: 503, headers })
}
