import { getBranding } from '#lib/branding/get-branding.ts'

/** A picture or a style sheet of a brand. Its name is made from its contents, so browsers may keep it for ever. */
export async function GET(_: Request, { params }: RouteContext<'/brand/[name]'>): Promise<Response> {
  const asset = getBranding()?.assets.get((await params).name)
  if (!asset) return new Response('Not found\n', { status: 404, headers: { 'Cache-Control': 'no-store' } })
  return new Response(new Uint8Array(asset.bytes), {
    headers: { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}
