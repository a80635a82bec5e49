// WebAuthn options and results as Kratos sends and takes them: JSON with unpadded base64url. The browser's own functions
// do the work where they are there; the rest is for browsers before Chrome 129, Safari 18.4 and Firefox 119.

type Json = Record<string, unknown>
type DescriptorJson = { id: string; type: PublicKeyCredentialType }

/** Options of `navigator.credentials.create()` out of Kratos's JSON. */
export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  if (typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function') {
    return PublicKeyCredential.parseCreationOptionsFromJSON(json as unknown as PublicKeyCredentialCreationOptionsJSON)
  }
  const user = json.user as Json
  return {
    ...json,
    challenge: toBytes(json.challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions
}

/** Options of `navigator.credentials.get()` out of Kratos's JSON. */
export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  if (typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function') {
    return PublicKeyCredential.parseRequestOptionsFromJSON(json as unknown as PublicKeyCredentialRequestOptionsJSON)
  }
  return {
    ...json,
    challenge: toBytes(json.challenge),
    allowCredentials: descriptors(json.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions
}

/** A credential as the JSON text that Kratos takes. */
export function credentialText(credential: PublicKeyCredential): string {
  if (typeof credential.toJSON === 'function') return JSON.stringify(credential.toJSON())
  const { id, rawId, type } = credential
  const answer = credential.response as unknown as Record<string, ArrayBuffer | null | undefined>
  const response: Record<string, string> = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const value = answer[name]
    if (value) response[name] = toText(value)
  }
  return JSON.stringify({ id, rawId: toText(rawId), type, response })
}

function descriptors(list: unknown): unknown {
  return Array.isArray(list) ? list.map((item: DescriptorJson) => ({ ...item, id: toBytes(item.id) })) : undefined
}

function toBytes(text: unknown): Uint8Array {
  const base64 = String(text).replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

function toText(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
