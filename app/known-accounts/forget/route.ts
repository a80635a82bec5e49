import 'server-only'
import { NextResponse } from 'next/server'
import { cookieOptions, KNOWN_COOKIE } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import { KNOWN_TTL, sealKnown, withoutKnown } from '#lib/known-accounts.ts'
import { readForm } from '../../form.ts'
import { getKnownAccounts } from '../../request.ts'

/** Somebody who opens the address itself. */
export function GET(): Response {
  return seeOther()
}

/**
 * Forgets an account on this device, or all. It acts on nobody's account, so it asks for no token; but what a browser says
 * comes from another site changes nothing (docs/decisions/0031).
 */
export async function POST(request: Request): Promise<Response> {
  const [form, known] = [await readForm(request), await getKnownAccounts()]
  const response = seeOther()
  if ((request.headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') return response
  const left = form.has('all') ? [] : withoutKnown(known, form.get('account') ?? '')
  const { secureCookies } = env()
  if (left.length === 0) response.cookies.set(KNOWN_COOKIE, '', cookieOptions(secureCookies, 0))
  else response.cookies.set(KNOWN_COOKIE, await sealKnown(left), cookieOptions(secureCookies, KNOWN_TTL))
  return response
}

function seeOther(): NextResponse {
  return new NextResponse(null, {
    status: 303,
    headers: { Location: '/known-accounts', 'Cache-Control': 'no-store' },
  })
}
