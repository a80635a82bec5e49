import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'

// What only a proxy may tell us; from anyone else these headers are dropped (docs/decisions/0008).
// Kratos notes the client's address and place (cf-ip…) with a session.
const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|cf-ip.*)$/

const NAMED: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
}

/**
 * Builds the test "is this peer a proxy of ours?".
 *
 * @param sources addresses, CIDR ranges, `loopback` or `private`, as lib/env.ts let them through
 * @returns a function of a peer's address
 */
export function trustedProxies(sources: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const range of sources.flatMap((source) => NAMED[source] ?? [source])) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  // A BlockList looks through IPv4-mapped addresses (::ffff:10.0.0.1) by itself.
  return (address) => Boolean(address && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
}

/** Removes, in place, the headers that only a trusted proxy may send. */
export function dropForwarded(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (FORWARDED.test(name)) delete headers[name]
}
