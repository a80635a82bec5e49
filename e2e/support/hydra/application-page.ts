import type { SignedIn } from './application.ts'

const SIGN_IN: readonly [label: string, query: string][] = [
  ['Sign in', 'client=app&scope=openid%20email%20profile%20offline_access'],
  ['Sign in without being asked for consent', 'client=direct&scope=openid%20email'],
  ['Sign in with a fresh password', 'client=app&prompt=login&scope=openid%20email'],
]

/**
 * The page of the example application of the demo.
 *
 * @param shown what it got; undefined when nobody is signed in
 */
export function applicationPage(shown: SignedIn | undefined): string {
  const body = shown
    ? `<p>You are signed in. This is what the application was told:</p>
<pre>${asText(JSON.stringify({ claims: shown.claims, scope: shown.scope }, null, 2))}</pre>
<p><a href="/userinfo">Ask for more</a> · <a href="/logout?page=1">Sign out</a></p>`
    : `<p>You are not signed in.</p>
<ul>${SIGN_IN.map(([label, query]) => `<li><a href="/start?${asText(query)}&amp;page=1">${label}</a></li>`).join('')}</ul>
<p>A device without a keyboard: <a href="/device/start">let it ask</a>, and open its <code>verification_uri</code>.</p>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Photo Album</title><h1>Photo Album</h1><p>An example of an application that people sign in to.</p>
${body}</html>`
}

function asText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
