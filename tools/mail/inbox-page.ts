import { createHash } from 'node:crypto'
import type { Message } from './mail-sink.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1rem; color: light-dark(#1c2430, #e8ebf0);
  background: light-dark(#f3f5f8, #12161c) }
h1 { font-size: 1.5rem; margin: 0 } header p, article p { margin: .25rem 0 0; opacity: .75 }
article { margin-top: 1rem; padding: 1rem 1.25rem; border-radius: .75rem;
  background: light-dark(#fff, #1b212a); box-shadow: 0 1px 3px rgb(0 0 0 / .15) }
h2 { font-size: 1.05rem; margin: 0 } pre { margin: .75rem 0 0; font: inherit; white-space: pre-wrap;
  overflow-wrap: anywhere } a { color: light-dark(#1d4ed8, #8ab4ff) }`

/** The Content-Security-Policy of the inbox: its own style and nothing else. */
export const INBOX_CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/**
 * The inbox as an HTML page that loads itself again every three seconds.
 *
 * @param messages newest first; shown as plain text, with their links
 */
export function inboxPage(messages: readonly Message[]): string {
  const list = messages.map(article).join('\n') || '<article><h2>No mail or text message yet</h2></article>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3">
<title>Inbox (${messages.length})</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>Inbox</h1><p>Every mail and text message that Kratos sends ends here. Nothing leaves this machine.</p></header>
<main>
${list}
</main>
</body>
</html>
`
}

function article(message: Message): string {
  const to = escapeHtml(message.to.join(', '))
  const at = message.receivedAt
  return `<article>
<h2>${escapeHtml(message.subject)}</h2>
<p>To ${to}, <time datetime="${at}">${at.slice(11, 19)} UTC</time></p>
<pre>${withLinks(message.text)}</pre>
</article>`
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part)))
    .join('')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
