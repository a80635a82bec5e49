import { createHash } from 'node:crypto'

// The answer of a security key to a registration, written by hand: attestation "none", one ES256 key. Nobody ever signs
// with it, so any point will do as its public key: P-256's base point, which is the same at each recording.
const POINT = {
  x: '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
  y: '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
}

/**
 * Answers WebAuthn creation options as a security key would.
 *
 * @param options the JSON that Kratos sent, with `publicKey`
 * @param origin the page's origin
 * @param name tells keys apart: it becomes the credential's id
 * @returns the JSON for Kratos's result field
 */
export function register(options: string, origin: string, name: string): string {
  const { publicKey } = JSON.parse(options) as { publicKey: { challenge: string; rp: { id: string } } }
  const client = { type: 'webauthn.create', challenge: publicKey.challenge, origin, crossOrigin: false }
  const id = createHash('sha256').update(name).digest()
  const authData = Buffer.concat([
    createHash('sha256').update(publicKey.rp.id).digest(),
    // User present, user verified, a key is attached; no signature counter; no model.
    Buffer.from([0x45, 0, 0, 0, 0]),
    Buffer.alloc(16),
    Buffer.from([0, id.length]),
    id,
    coseKey(),
  ])
  return JSON.stringify({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    response: {
      clientDataJSON: Buffer.from(JSON.stringify(client)).toString('base64url'),
      attestationObject: attestation(authData).toString('base64url'),
    },
  })
}

// CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
function coseKey(): Buffer {
  const head = Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32])
  return Buffer.concat([head, Buffer.from(POINT.x, 'hex'), Buffer.from([0x22, 0x58, 32]), Buffer.from(POINT.y, 'hex')])
}

// CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}.
function attestation(authData: Buffer): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x58, authData.length]),
    authData,
  ])
}
