import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'

// What only a proxy may tell us; from anyone else these headers are dropped (docs/decisions/0005).
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-forwarded-prefix',
  'x-real-ip',
  'true-client-ip',
  'cf-connecting-ip',
] as const

const NAMED: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
}

/**
 * Builds the test "is this peer a proxy of ours?".
 *
 * @param sources addresses, CIDR ranges, `loopback` or `private`
 * @returns a function of a peer's address
 * @throws Error when a source is none of these
 */
export function trustedProxies(sources: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const range of sources.flatMap((source) => NAMED[source] ?? [source])) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    try {
      if (bits === undefined) list.addAddress(address, family)
      else list.addSubnet(address, Number(bits), family)
    } catch {
      throw new Error(
        `TRUSTED_PROXIES: found "${range}", expected addresses, CIDR ranges, loopback or private`,
      )
    }
  }
  return (address) => {
    if (!address) return false
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
    return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
  }
}

/** Removes, in place, the headers that only a trusted proxy may send. */
export function dropForwarded(headers: IncomingHttpHeaders): void {
  for (const name of FORWARDED) delete headers[name]
}
