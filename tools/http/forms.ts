/** A form of a page: where it goes, and what it sends when nothing is changed. */
export type Form = {
  action: string
  method: string
  fields: Map<string, string>
  buttons: [string, string][]
}

/**
 * The forms of a page as the server sent it. Knows just enough HTML for pages that React rendered.
 *
 * @returns them in the page's order; `fields` has the inputs that would be sent, `buttons` names and values
 */
export function readForms(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', body = '']) => {
    const form = readAttributes(head)
    const fields = new Map<string, string>()
    const buttons: [string, string][] = []
    for (const [, tag, text = ''] of body.matchAll(/<(input|button)\b([^>]*)>/g)) {
      const { name, value = '', type, checked } = readAttributes(text)
      if (!name) continue
      if (tag === 'button' || type === 'submit') buttons.push([name, value])
      else if (type !== 'checkbox' || checked !== undefined) fields.set(name, value)
    }
    return { action: form.action ?? '', method: form.method ?? 'get', fields, buttons }
  })
}

/** The targets of a page's links. */
export function readLinks(html: string): string[] {
  return [...html.matchAll(/<a\b([^>]*)>/g)].flatMap(([, text = '']) => readAttributes(text).href ?? [])
}

function readAttributes(text: string): Record<string, string> {
  const found = text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name.toLowerCase(), decode(value)]))
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }

function decode(text: string): string {
  return text.replace(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
