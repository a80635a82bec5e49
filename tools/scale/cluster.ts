import { join } from 'node:path'
import { freePorts } from '../faults/free-ports.ts'
import { startPatiently } from '../faults/rig.ts'
import { findKratos } from '../kratos/find-kratos.ts'
import type { Kratos } from '../kratos/start-kratos.ts'
import { startMailSink } from '../mail/mail-sink.ts'
import { findPostgres } from '../postgres/find-postgres.ts'
import { type Postgres, startPostgres } from '../postgres/start-postgres.ts'
import { configsOf, type Profile } from '../profiles.ts'
import { uiEnv } from '../stack.ts'
import { startUi, type Ui } from '../ui/start-ui.ts'
import type { Kill } from './access-log.ts'
import { type Nginx, startNginx } from './nginx.ts'

/** nginx, UIs by their ports, two Kratoses on one PostgreSQL. */
export type Cluster = {
  url: string
  /** The port by which UIs reach the Kratoses. */
  toKratos: number
  nginx: Nginx
  uis: Map<number, Ui>
  kratoses: Kratos[]
  postgres: Postgres
  kills: Kill[]
  /** Where another UI could listen. */
  spare: number[]
  /** Starts a UI; it gets requests once nginx is told. A secret given here is what those after it have, too. */
  startUi: (port: number, secret?: string) => Promise<void>
  stop: () => Promise<void>
}

const [UIS, SPARE] = [4, 2]
/** A Kratos without --dev refuses a lower cost. */
const PRODUCTION_COST = 12

/**
 * Starts everything on free ports; no mail leaves the machine.
 *
 * @param options.bcrypt the cost of a hash: from 12 on, Kratos runs as in production
 * @param options.secret COOKIE_SECRET
 * @param options.dsn what is added to the DSN
 * @throws Error when something does not start
 */
export async function startCluster(options: {
  dataDir: string
  bcrypt: number
  secret: string
  dsn?: string
  log: (line: string) => void
}): Promise<Cluster> {
  const { dataDir, bcrypt, log } = options
  const bin = await findKratos({ log })
  const first = await freePorts(7 + UIS + SPARE)
  const [front, toKratos, postgresPort] = [first, first + 1, first + 2]
  const uiPorts = Array.from({ length: UIS + SPARE }, (_, index) => first + 7 + index)
  const postgres = await startPostgres({ bin: await findPostgres({ log }), port: postgresPort, dataDir })
  const mail = await startMailSink({ smtpPort: 0, httpPort: 0 })
  const url = `http://localhost:${front}`

  const profileOf = (kratosPort: number): Profile => ({
    name: `scale-${kratosPort}`,
    uiUrl: url,
    kratosBrowserUrl: '/',
    kratosPort,
    mail: { smtpPort: 0, httpPort: 0 },
  })
  const kratoses: Kratos[] = []
  for (const port of [first + 3, first + 5]) {
    const kratos = await startPatiently({
      bin,
      name: `scale-${port}`,
      configs: configsOf(profileOf(port)),
      dataDir: join(dataDir, `kratos-${port}`),
      dsn: `${postgres.dsn}&max_conns=20${options.dsn ?? ''}`,
      dev: bcrypt < PRODUCTION_COST,
      env: {
        HASHERS_BCRYPT_COST: String(bcrypt),
        COURIER_SMTP_CONNECTION_URI: `${mail.smtpUrl.replace(/\/$/, '')}/?disable_starttls=true`,
      },
    })
    kratoses.push(kratos)
  }

  const env = {
    ...uiEnv(profileOf(first + 3)),
    KRATOS_PUBLIC_URL: `http://127.0.0.1:${toKratos}`,
    COOKIE_SECRET: options.secret,
    REMEMBER_ACCOUNTS: 'true',
    LOG_LEVEL: 'warn',
  }
  const uis = new Map<number, Ui>()
  let started = 0
  const newUi = async (port: number, secret = env.COOKIE_SECRET) => {
    env.COOKIE_SECRET = secret
    uis.set(port, await startUi({ port, env, logFile: join(dataDir, `ui-${started++}.log`) }))
  }
  for (const port of uiPorts.slice(0, UIS)) await newUi(port)
  const places = { front, toKratos, uis: [...uis.keys()], kratoses: [first + 3, first + 5] }
  const nginx = await startNginx(places, { dataDir, log })
  const stop = async () => {
    for (const server of [nginx, ...uis.values(), ...kratoses, postgres]) await server.stop()
    await mail.stop()
  }
  return { url, toKratos, nginx, uis, kratoses, postgres, kills: [], spare: uiPorts.slice(UIS), startUi: newUi, stop }
}
