import { randomInt } from 'node:crypto'
import { assertPortFree } from '../port.ts'

/**
 * Finds ports that nobody listens on, in a row: Kratos's admin API is on the port after its public one.
 *
 * @returns the first of them
 * @throws Error when 50 places were tried in vain
 */
export async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    // Below the ports that systems give to outgoing connections.
    const first = randomInt(20_000, 32_000)
    const ports = Array.from({ length: count }, (_, index) => first + index)
    const busy = await Promise.all(
      ports.map((port) =>
        assertPortFree(port).then(
          () => false,
          () => true,
        ),
      ),
    )
    if (!busy.includes(true)) return first
  }
  throw new Error(`No ${count} ports in a row are free`)
}
