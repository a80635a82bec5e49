/** The flight data of a page: what React in the browser is told besides the HTML. */
export type Flight = {
  /** the rows by their ids, parsed; text rows are strings */
  rows: ReadonlyMap<string, unknown>
  /** the client components that are named, by row */
  clients: ReadonlyMap<string, Client>
}

/** A client component: its module in the build, and its export. */
export type Client = { module: string; name: string }

/** Where a text stands: on an HTML element, among the props of a client component, or in data beside any element. */
export type Place = 'element' | 'client' | 'data'

const PUSH = /self\.__next_f\.push\((\[.*?\])\)<\/script>/gs

/** Reads the flight data off a page. Rows are `<hex id>:<tag><JSON>` and a line break; text is `T<hex bytes>,` and no break. */
export function readFlight(html: string): Flight {
  const pushed = [...html.matchAll(PUSH)].map(([, json = '']) => JSON.parse(json) as [number, string?])
  let rest = Buffer.from(pushed.flatMap(([kind, text]) => (kind === 1 && text ? [text] : [])).join(''))
  const rows = new Map<string, unknown>()
  const clients = new Map<string, Client>()
  while (rest.length > 0) {
    const [head, id = '', size] = /^([0-9a-f]*):(?:T([0-9a-f]+),)?/.exec(rest.toString('latin1', 0, 40)) ?? []
    if (!head) throw new Error(`No row of flight data: ${rest.toString('utf8', 0, 80)}`)
    const line = rest.indexOf('\n')
    const end = size === undefined ? line : head.length + Number.parseInt(size, 16)
    const text = rest.toString('utf8', head.length, end < 0 ? undefined : end)
    rest = rest.subarray(end < 0 ? rest.length : size === undefined ? end + 1 : end)
    if (size !== undefined) rows.set(id, text)
    else if (text.startsWith('I')) {
      const [module, , name] = JSON.parse(text.slice(1)) as [number | string, unknown, string]
      clients.set(id, { module: String(module), name })
    }
    // Whatever else has a letter in front is a hint to load a file, or the end of a stream.
    else if (/^[[{"\d-]|^(true|false|null)$/.test(text)) rows.set(id, JSON.parse(text))
  }
  return { rows, clients }
}

/** A text of the flight data, and where it stands. */
export type Found = { text: string; place: Place; prop: string; owner: string }

/**
 * Every text of the flight data with its place. An element is `["$", type, key, props]`; a type `$L<id>` is a client
 * component when that row is one. A long text is a row of its own, and counts where it is referred to.
 *
 * @param flight as {@link readFlight} gives it
 * @param isOurs which client components count as such; the props of the others, Next's own, are data
 */
export function textsOf({ rows, clients }: Flight, isOurs: (client: Client) => boolean): Found[] {
  const found: Found[] = []
  const visit = (value: unknown, place: Place, prop: string, owner: string): void => {
    if (typeof value === 'string') {
      const row = rows.get(/^\$[L@]?([0-9a-f]+)$/.exec(value)?.[1] ?? '')
      if (typeof row === 'object' && place === 'client') visit(row, place, prop, owner)
      else found.push({ text: typeof row === 'string' ? row : value, place, prop, owner })
    } else if (Array.isArray(value)) {
      if (value[0] === '$' && typeof value[1] === 'string') element(value[1], value[3])
      else for (const item of value) visit(item, place, prop, owner)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) visit(item, place, key, owner)
    }
  }
  const element = (type: string, props: unknown): void => {
    const client = clients.get(/^\$L([0-9a-f]+)$/.exec(type)?.[1] ?? '')
    const place: Place = client ? (isOurs(client) ? 'client' : 'data') : type.startsWith('$') ? 'data' : 'element'
    for (const [key, value] of Object.entries((props ?? {}) as Record<string, unknown>)) {
      // What stands between the tags of an element is its own; that of a client component are elements again.
      visit(value, key === 'children' && place === 'client' ? 'data' : place, key, client?.name ?? type)
    }
  }
  for (const row of rows.values()) if (typeof row !== 'string') visit(row, 'data', '', '')
  return found
}
