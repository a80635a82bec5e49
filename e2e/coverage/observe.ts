/** What of the catalogue an answer of Kratos to the UI holds, as keys of e2e/coverage/catalogue.json. */
export function observe(path: string, body: unknown): string[] {
  const keys = new Set<string>()
  const error = text(field(field(body, 'error'), 'id'))
  if (error) keys.add(`error:${error}`)
  for (const action of list(field(field(field(body, 'error'), 'details'), 'continue_with'))) {
    keys.add(`action:${text(field(action, 'action'))}`)
  }
  if (field(field(field(body, 'error'), 'details'), 'redirect_browser_to')) keys.add('action:redirect_browser_to')
  const [, type] = /^\/self-service\/(\w+)\/flows$/.exec(path) ?? []
  if (type && field(body, 'ui')) observeFlow(type, body, keys)
  return [...keys]
}

function observeFlow(type: string, flow: unknown, keys: Set<string>): void {
  keys.add(`flow:${type}`)
  keys.add(`state:${type}/${text(field(flow, 'state'))}`)
  const ui = field(flow, 'ui')
  observeMessages(field(ui, 'messages'), keys)
  for (const node of list(field(ui, 'nodes'))) {
    keys.add(`group:${text(field(node, 'group'))}`)
    keys.add(`node:${text(field(node, 'type'))}`)
    observeMessages(field(node, 'messages'), keys)
    observeMessages([field(field(node, 'meta'), 'label')], keys)
    const attributes = field(node, 'attributes')
    if (field(node, 'type') === 'input') keys.add(`input:${text(field(attributes, 'type'))}`)
    if (field(attributes, 'options')) keys.add('attribute:options')
    const autocomplete = text(field(attributes, 'autocomplete'))
    if (autocomplete) keys.add(`autocomplete:${autocomplete}`)
    for (const name of ['onclickTrigger', 'onloadTrigger']) {
      const trigger = text(field(attributes, name))
      if (trigger) keys.add(`trigger:${trigger}`)
    }
    const message = field(attributes, 'text')
    observeMessages([message, ...list(field(field(message, 'context'), 'secrets'))], keys)
  }
}

function observeMessages(messages: unknown, keys: Set<string>): void {
  for (const message of list(messages)) {
    const id = field(message, 'id')
    if (typeof id === 'number') keys.add(`message:${id}`)
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
