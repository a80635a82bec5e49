import type { Session } from '@ory/client'
import { z } from 'zod'
import type { Flow } from '#lib/kratos/flows.ts'

// What pages rely on, and no more: unknown fields stay as they are. Something optional that has another type counts as left
// out; a node or a message that lacks what it needs is left out itself (docs/decisions/0046).

const text = z.string().nullish().catch(undefined)
const flag = z.boolean().nullish().catch(undefined)
const number = z.number().nullish().catch(undefined)
const record = z.looseObject({}).nullish().catch(undefined)
const list = <T extends z.ZodType>(item: T) =>
  z
    .unknown()
    .optional()
    .transform((all) => (Array.isArray(all) ? all : []).flatMap((one) => item.safeParse(one).data ?? []))
const optional = <T extends z.ZodType>(item: T) => item.optional().catch(undefined)

const simple = z.looseObject({ id: z.number(), text: z.string(), type: z.string().catch('info'), context: record })
// Backup codes are messages within a message.
const context = z
  .looseObject({ secrets: optional(list(simple)) })
  .optional()
  .catch(undefined)
const message = simple.extend({ context })

const ATTRIBUTES: Readonly<Record<string, z.ZodType>> = {
  input: z.looseObject({
    ...{ name: z.string(), type: z.string().catch('text'), pattern: text, autocomplete: text, onclickTrigger: text },
    ...{ disabled: flag, required: flag, maxlength: number, label: optional(message) },
    options: optional(list(z.looseObject({}))),
  }),
  text: z.looseObject({ id: z.string().catch(''), text: message }),
  img: z.looseObject({ id: text, src: z.string(), width: number, height: number }),
  a: z.looseObject({ id: text, href: z.string(), title: message }),
  div: z.looseObject({ id: text, class: text }),
}

const node = z
  .looseObject({
    ...{
      type: z.string(),
      group: z.string().catch('default'),
      attributes: z.looseObject({}).catch({}),
      messages: list(message),
    },
    meta: z.looseObject({ label: optional(message) }).catch({ label: undefined }),
  })
  .transform((one, issues) => {
    const read = (ATTRIBUTES[Object.hasOwn(ATTRIBUTES, one.type) ? one.type : ''] ?? z.unknown()).safeParse(
      one.attributes,
    )
    if (!read.success) issues.addIssue('attributes')
    return { ...one, attributes: read.data }
  })

const flow = z.looseObject({
  ...{ id: z.string(), return_to: text, state: text, active: text, requested_aal: text, refresh: flag },
  ...{ organization_id: text, oauth2_login_challenge: text, request_url: text },
  oauth2_login_request: record,
  ui: z.looseObject({
    action: z.string(),
    method: z.string().catch('POST'),
    nodes: z
      .unknown()
      .optional()
      .refine((all) => Array.isArray(all ?? []))
      .pipe(list(node)),
    messages: list(message),
  }),
})

/** The flow in an answer of Kratos; undefined when it is none. */
export function readFlow(body: unknown): Flow | undefined {
  const read = flow.safeParse(body)
  return read.success ? (read.data as unknown as Flow) : undefined
}

const address = z.looseObject({ value: z.string(), via: text })
const session = z.looseObject({
  ...{ id: z.string(), issued_at: text, authenticated_at: text, expires_at: text, authenticator_assurance_level: text },
  devices: list(z.looseObject({ user_agent: text, ip_address: text, location: text })),
  authentication_methods: list(z.looseObject({ method: text, completed_at: text, aal: text, provider: text })),
  identity: optional(
    z.looseObject({ id: z.string(), verifiable_addresses: list(address), recovery_addresses: list(address) }),
  ),
})

/** The session in an answer of Kratos; undefined when it is none. */
export function readSession(body: unknown): Session | undefined {
  const read = session.safeParse(body)
  return read.success ? (read.data as unknown as Session) : undefined
}
