/** The text of a body, as far as it keeps to a limit in bytes; undefined for a larger one, which is not read to its end. */
export async function readText(body: AsyncIterable<Uint8Array> | null, limit: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
