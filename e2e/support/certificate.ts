import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A key and a certificate, as node:https takes them. */
export type Identity = { key: string; cert: string }

const DAY_MS = 24 * 60 * 60 * 1000
const OIDS = {
  ecdsaWithSha256: '06082a8648ce3d040302',
  commonName: '0603550403',
  subjectAltName: '0603551d11',
}

/**
 * Makes a certificate for localhost that signs itself: whoever is to trust it has to be told so. Written by hand (RFC
 * 5280), because Node makes keys but no certificates, and not every machine has openssl.
 */
export function selfSigned(): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(Buffer.from(OIDS.ecdsaWithSha256, 'hex'))
  const name = sequence(der(0x31, sequence(Buffer.from(OIDS.commonName, 'hex'), der(0x0c, 'localhost'))))
  // [2] is a DNS name.
  const names = der(0x04, sequence(der(0x82, 'localhost')))
  const body = sequence(
    der(0xa0, Buffer.from('020102', 'hex')), // version 3
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(Date.now() - DAY_MS), time(Date.now() + 7 * DAY_MS)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(sequence(Buffer.from(OIDS.subjectAltName, 'hex'), names))),
  )
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  const lines =
    sequence(body, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  }
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

/** UTCTime: YYMMDDHHMMSSZ. */
function time(ms: number): Buffer {
  return der(0x17, `${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`)
}

function der(tag: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string)
  const { length } = bytes
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), bytes])
}
