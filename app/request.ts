import 'server-only'
import type { Route } from 'next'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cookieName, type OurCookie } from '#lib/cookies.ts'
import { env } from '#lib/env.ts'
import { type KnownAccount, openKnown } from '#lib/known-accounts.ts'
import { kratosTarget } from '#lib/kratos/browser-url.ts'
import type { Caller } from '#lib/kratos/client.ts'
import type { FlowType } from '#lib/kratos/flows.ts'
import { REQUEST_ID } from '#lib/request-id.ts'
import { unseal } from '#lib/seal.ts'
import { FLASH_TTL, type FlashPage, NOTE_TTL, parseFlash, parseNote, type StartNote } from '#lib/start-note.ts'

/** A page's query. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** What of the browser's request goes on to Kratos. */
export async function getCaller(): Promise<Caller> {
  const list = await headers()
  return { cookie: list.get('cookie'), requestId: list.get(REQUEST_ID) }
}

/** The first value of a query parameter; undefined when it is missing or empty. */
export function single(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) || undefined
}

/** The value of a cookie of ours. */
export async function getCookie(cookie: OurCookie): Promise<string | undefined> {
  return (await cookies()).get(cookieName(cookie))?.value
}

/** The start note of a flow type; undefined without one. Opening it costs 0.4 ms: only where it is needed. */
export async function getStartNote(type: FlowType): Promise<StartNote | undefined> {
  return parseNote(await unseal(await getCookie(`start_${type}`), NOTE_TTL))
}

/** The newest start of each of these flows, as far as it is known, the newest of all first. */
export async function latestStarts<Type extends FlowType>(types: readonly Type[]) {
  const starts = types.map(async (type) => {
    const start = (await getStartNote(type))?.starts[0]
    return start ? [{ type, ...start }] : []
  })
  return (await Promise.all(starts)).flat().sort((a, b) => b.at - a.at)
}

/** What is to be said on this page, if what led here left word of it. */
export async function getFlash(type: FlowType | FlashPage): Promise<string | undefined> {
  return parseFlash(await unseal(await getCookie('flash'), FLASH_TTL), type)
}

/** Who signed in on this device before; nobody where that is not remembered. */
export async function getKnownAccounts(): Promise<readonly KnownAccount[]> {
  if (!env().REMEMBER_ACCOUNTS) return []
  return openKnown(await getCookie('known'))
}

/** Ends the page with a redirect to a path of ours. */
export function goTo(path: string): never {
  redirect(path as Route)
}

/**
 * Ends the page with a redirect to where Kratos says, if that is Kratos or us.
 *
 * @param target what Kratos said
 * @param otherwise a path of ours, for anything else
 */
export function followKratos(target: string, otherwise: string): never {
  redirect((kratosTarget(env(), target) ?? otherwise) as Route)
}
