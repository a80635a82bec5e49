import { expect } from '@playwright/test'
import { PROFILES } from '../../tools/profiles.ts'

type Mail = { subject: string; text: string }

/**
 * The newest code in the mails to an address, or in the text messages to a phone; waits for the courier, which looks for
 * work each second.
 *
 * @param to the address or the number
 * @param messages how many have been sent there by now
 */
export function codeFor(to: string, messages = 1): Promise<string> {
  return newest(to, messages, /\b(\d{6})\b/)
}

/** The newest link of Kratos in the mails to an address; waits as {@link codeFor} does. */
export function linkFor(email: string, mails = 1): Promise<string> {
  return newest(email, mails, /(https?:\/\/\S+\/self-service\/\S+)/)
}

async function newest(email: string, mails: number, pattern: RegExp): Promise<string> {
  let found: string | undefined
  await expect(async () => {
    const received = await mailsTo(email)
    expect(received.length).toBe(mails)
    found = pattern.exec(received[0]?.text ?? '')?.[1]
    expect(found).toBeDefined()
  }).toPass({ timeout: 15_000 })
  return found ?? ''
}

async function mailsTo(email: string): Promise<Mail[]> {
  const { httpPort } = PROFILES.sameOrigin.mail
  const answer = await fetch(`http://127.0.0.1:${httpPort}/api/messages?to=${encodeURIComponent(email)}`)
  return (await answer.json()) as Mail[]
}
