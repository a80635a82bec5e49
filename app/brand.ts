import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import type { BrandView } from '#lib/branding/branding-file.ts'
import { getBranding } from '#lib/branding/get-branding.ts'
import { env } from '#lib/env.ts'
import { getAsker, getTarget } from './target.ts'

/**
 * The brand of this request: by the application or the organization that a page is for, else by the host (docs/branding.md).
 * Without BRANDING_FILE it is a name, and costs nothing.
 */
export const getBrand = cache(async (): Promise<BrandView> => {
  // First of all: it keeps the build from rendering pages, when there is no environment yet.
  const list = await headers()
  const branding = getBranding()
  if (!branding) return { name: env().PROJECT_NAME, links: {}, texts: {} }
  const { client, organization } = await getAsker(await getTarget())
  return branding.brandOf({
    // A proxy's word counts as far as the entry has let it through.
    host: (list.get('x-forwarded-host') ?? list.get('host'))?.split(',')[0]?.trim().toLowerCase(),
    client,
    organization,
  })
})
