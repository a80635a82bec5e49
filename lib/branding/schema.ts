import { z } from 'zod'
import { parseColor } from '#lib/branding/color.ts'

// The format of BRANDING_FILE (docs/branding.md). Unknown fields are mistakes: they are refused.

const color = z.string().refine((text) => parseColor(text), 'a colour such as #2255bb or oklch(0.5 0.17 262)')
const file = z
  .string()
  .regex(/^[\w-][\w.-]*\.(svg|png|webp|jpg|ico)$/, 'the name of an svg, png, webp, jpg or ico file beside it')
const link = z.url({ protocol: /^(https?|mailto)$/, error: 'an http(s) or mailto URL' })

/** What a brand can give a colour to; `accent` is buttons, links and the focus, `on-accent` the text on buttons. */
export const COLORS = ['page', 'surface', 'text', 'muted', 'border', 'accent', 'on-accent'] as const

const colors = z.partialRecord(z.enum(COLORS), color)

const brand = z.strictObject({
  /** the name at the top, in place of PROJECT_NAME */
  name: z.string().min(1).max(100).optional(),
  logo: z.strictObject({ light: file, dark: file.optional() }).optional(),
  favicon: file.optional(),
  colors: z.strictObject({ light: colors.optional(), dark: colors.optional() }).optional(),
  /** of buttons and fields, such as 0.25rem */
  radius: z
    .string()
    .regex(/^\d(\.\d{1,3})?(rem|px|em)$|^\d\dpx$|^0$/, 'a length such as 0.5rem')
    .optional(),
  links: z.strictObject({ terms: link.optional(), privacy: link.optional(), support: link.optional() }).optional(),
  /** by locale, then by the key of lib/i18n/messages/en.json or the id of a message of Kratos */
  texts: z.record(z.string(), z.record(z.string(), z.string().max(2000))).optional(),
})

const schema = brand.extend({
  /** other brands on the same instance: each field that one leaves out is as above */
  brands: z
    .array(
      brand.extend({
        hosts: z.array(z.string()).optional(),
        /** ids of OAuth2 clients */
        clients: z.array(z.string()).optional(),
        organizations: z.array(z.string()).optional(),
      }),
    )
    .optional(),
})

/** The contents of a branding file. */
export type Branding = Readonly<z.output<typeof schema>>

/** What a page looks like and says, where the operator has a say. */
export type Brand = Readonly<z.output<typeof brand>>

/** A branding file that cannot be used. Its message is one line. */
export class BrandingError extends Error {
  readonly code = 'ERR_BRANDING'
}

/**
 * Reads the text of a branding file.
 *
 * @throws BrandingError that names each wrong field and what is expected
 */
export function parseBranding(text: string): Branding {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new BrandingError('it is no JSON')
  }
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new BrandingError(problems.join('; '))
}
