import 'server-only'
import { NextResponse } from 'next/server'
import { withBase } from '#lib/base-path.ts'
import { ourCookie } from '#lib/cookies.ts'
import { seal } from '#lib/seal.ts'
import { FLASH_TTL, type FlashPage } from '#lib/start-note.ts'

/** The answer to a form of ours: a redirect, to be followed by GET. */
export function seeOther(to: string): NextResponse {
  return new NextResponse(null, { status: 303, headers: { Location: withBase(to), 'Cache-Control': 'no-store' } })
}

/**
 * A redirect to a page of ours which says there what came of a form (docs/decisions/0014).
 *
 * @param said what {@link getFlash} gives there
 */
export async function sayAt(to: string, page: FlashPage, said: string): Promise<NextResponse> {
  const response = seeOther(to)
  const flash = await seal({ type: page, reason: said }, FLASH_TTL)
  response.cookies.set(ourCookie('flash', flash, FLASH_TTL))
  return response
}
