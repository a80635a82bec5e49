import type { Break } from './fault-proxy.ts'
import type { JourneyName } from './journeys.ts'
import type { Rig } from './rig.ts'
import { rollOver } from './roll-over.ts'
import type { Tally } from './visitor.ts'

/** Something that goes wrong. */
export type Fault = {
  name: string
  journeys: readonly JourneyName[]
  /** Breaks it, and gives what was wrong with that. */
  start: (rig: Rig) => Promise<readonly string[] | undefined>
  /** Mends it: from its end on, what was broken is back. */
  end: (rig: Rig) => Promise<void>
  /** How long it lasts each time, in ms, and longer until somebody has met it. */
  hold: number
  /** How often it was met so far, which it must be: by people, who were told so, or by the UI alone. */
  met?: (rig: Rig, tally: Tally) => number
  /** The UI itself is away: connections to it may fail. */
  endsUi?: true
  /** Takes its time: only in the long form. */
  long?: true
}

const WITH_KRATOS = ['sign-up', 'sign-in', 'settings', 'sign-out', 'recovery'] as const
const HOUR = 3_600_000

const nothing = async () => undefined

/** People who were told so, or got no answer. */
const byPeople = (_rig: Rig, { problems, refused }: Tally) => problems + refused

/** Sends a signal to a process and whatever it has started. */
const signal = (pid: number, name: NodeJS.Signals) => process.kill(-pid, name)

/** Everything that is tried, in this order. */
export const FAULTS: readonly Fault[] = [
  kratos('none', { start: nothing, end: async () => {}, hold: 300 }),
  kratos('Kratos killed', {
    start: async (rig) => {
      signal(rig.kratos.pid, 'SIGKILL')
      await rig.toKratos.refuse()
      await rig.kratos.ended
      return undefined
    },
    end: restartKratos,
    hold: 800,
    met: byPeople,
  }),
  kratos('Kratos restarted', {
    start: async (rig) => {
      await rig.kratos.stop()
      await rig.toKratos.refuse()
      return undefined
    },
    end: restartKratos,
    hold: 0,
    met: byPeople,
  }),
  kratos('Kratos stopped (SIGSTOP)', {
    start: async (rig) => {
      signal(rig.kratos.pid, 'SIGSTOP')
      return undefined
    },
    end: async (rig) => {
      signal(rig.kratos.pid, 'SIGCONT')
    },
    hold: 6_000,
  }),
  ...[100, 1_000, 7_000].map((ms) => kratos(`Kratos slow: ${ms} ms`, upstream('toKratos', ms, ms + 500))),
  ...[4_000, 30_000].map((ms) => longer(kratos(`Kratos slow: ${ms} ms`, upstream('toKratos', ms, ms + 2_000)))),
  ...brokenAnswers('Kratos', 'toKratos', WITH_KRATOS),
  kratos('Kratos: name does not resolve', switched({ dns: 'fails' })),
  kratos('clock of the UI an hour ahead', switched({ skewMs: HOUR })),
  kratos('clock of the UI an hour behind', switched({ skewMs: -HOUR })),
  {
    ...kratos('UI killed', {
      start: async (rig) => {
        signal(rig.ui.pid, 'SIGKILL')
        await rig.ui.ended
        return undefined
      },
      end: (rig) => rig.startUi(),
      hold: 200,
      met: byPeople,
    }),
    endsUi: true,
  },
  { ...kratos('UI rolled over (SIGTERM)', { start: rollOver, end: (rig) => rig.startUi(), hold: 0 }), endsUi: true },
  hydra('Hydra killed', {
    start: async (rig) => {
      await rig.toHydra.refuse()
      return undefined
    },
    end: (rig) => rig.toHydra.accept(),
    hold: 800,
    met: byPeople,
  }),
  ...[100, 7_000].map((ms) => hydra(`Hydra slow: ${ms} ms`, upstream('toHydra', ms, ms + 500))),
  ...[1_000, 30_000].map((ms) => longer(hydra(`Hydra slow: ${ms} ms`, upstream('toHydra', ms, ms + 2_000)))),
  ...brokenAnswers('Hydra', 'toHydra', ['consent']),
  hydra('Hydra: name does not resolve', switched({ dns: 'fails' })),
]

type How = Pick<Fault, 'start' | 'end' | 'hold' | 'met'>

function kratos(name: string, how: How): Fault {
  return { name, journeys: WITH_KRATOS, ...how }
}

function hydra(name: string, how: How): Fault {
  return { name, journeys: ['consent'], ...how }
}

function longer(fault: Fault): Fault {
  return { ...fault, long: true }
}

function brokenAnswers(who: string, proxy: 'toKratos' | 'toHydra', journeys: readonly JourneyName[]): Fault[] {
  const kinds: [string, Break][] = [
    ['drops connections', 'drop'],
    ['drops connections half-way', 'half'],
    ['answers 500', '500'],
    ['answers HTML', 'html'],
    ['answers wrong JSON', 'wrong-json'],
    ['answers truncated JSON', 'truncated'],
    ['answers 10 MB', 'huge'],
  ]
  return kinds.map(([name, how]) => ({ name: `${who} ${name}`, journeys, ...upstream(proxy, how, 800) }))
}

/** Breaks what comes back from a server; its requests reach it nevertheless, but for 500 and HTML. */
function upstream(proxy: 'toKratos' | 'toHydra', how: Break, hold: number): How {
  return {
    start: async (rig) => {
      rig[proxy].broken = how
      return undefined
    },
    end: async (rig) => {
      rig[proxy].broken = undefined
    },
    hold,
    met: (rig) => rig[proxy].hits,
  }
}

function switched(change: { dns?: 'fails'; skewMs?: number }): How {
  return {
    start: async (rig) => {
      await rig.switchUi(change)
      // Connections that are there would be used on without a name.
      if (change.dns) for (const proxy of [rig.toKratos, rig.toHydra]) proxy.closeIdle()
      return undefined
    },
    end: async (rig) => {
      await rig.switchUi()
    },
    hold: 800,
    ...(change.dns && { met: byPeople }),
  }
}

async function restartKratos(rig: Rig): Promise<void> {
  await rig.startKratos()
  await rig.toKratos.accept()
}
