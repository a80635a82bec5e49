import type { IncomingHttpHeaders } from 'node:http'

/** One answer of the UI that is no redirect, as a browser got it. */
export type Answer = { path: string; status: number; headers: IncomingHttpHeaders; body: string }

/** A page that does what it was asked for, or one of ours that says that it cannot now. */
export type Kind = 'page' | 'problem'

/** What a page with status 200 has on it, by its path: one of these. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  '/login': ['name="identifier"'],
  '/registration': ['name="traits.email"'],
  '/settings': ['name="traits.name.first"'],
  '/recovery': ['name="email"', 'name="code"'],
  '/welcome': ['data-testid="logout"', 'href="/registration"'],
  '/logout': ['>Sign out<', '>You are signed out<'],
  '/sessions': ['<pre>'],
  '/consent': ['name="consent_action"'],
}

const SAYS_SO = [/>Sign-in is not available right now</, />Not available right now</]

/** The kind of page that an answer is. */
export function kindOf({ status }: Answer): Kind {
  return status === 200 ? 'page' : 'problem'
}

/**
 * What is wrong with an answer that people get while something that the UI needs is broken.
 *
 * @returns undefined for a page that does what it was asked for, and for one of ours that says that it cannot now
 */
export function flawOf(answer: Answer): string | undefined {
  const { path, status, headers, body } = answer
  if (body === '') return `${path}: empty, ${status}`
  if (!headers['content-type']?.startsWith('text/html')) return `${path}: ${headers['content-type']}, ${status}`
  if (!body.trimEnd().endsWith('</html>')) return `${path}: not all of a page, ${status}`
  const title = /<title>([^<]+)<\/title>/.exec(body)?.[1]
  if (!title || !/<main class="card/.test(body) || !body.includes('class="card-title"')) {
    return `${path}: no page of ours, ${status}`
  }
  if (!headers['x-request-id'] || !headers['content-security-policy']) return `${path}: headers are missing`
  if (status === 200) return flawOfPage(path, body, title)
  if (status !== 503) return `${path}: status ${status} (${title})`
  if (!SAYS_SO.some((words) => words.test(body))) return `${path}: 503 with another page (${title})`
  return body.includes('data-testid="request-id"') ? undefined : `${path}: 503 without the request id`
}

function flawOfPage(path: string, body: string, title: string): string | undefined {
  const marks = MARKS[path]
  if (!marks) return `${path}: nobody wanted to go there (${title})`
  return marks.some((mark) => body.includes(mark)) ? undefined : `${path}: another page (${title})`
}
