import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findNginx } from '../nginx/find-nginx.ts'
import { type Background, startInBackground } from '../process.ts'
import { waitUntilReady } from '../wait-until-ready.ts'

/** Where nginx listens, for browsers and for the UIs, and where it passes requests on to. */
export type Places = { front: number; toKratos: number; uis: readonly number[]; kratoses: readonly number[] }

/** An nginx that runs. `pass` changes the UIs that it passes requests on to; what is under way ends where it is. */
export type Nginx = Background & { accessLog: string; pass: (uis: readonly number[]) => Promise<void> }

/**
 * Starts an nginx in front of UIs, and between them and their Kratoses: each request goes to the next one in turn.
 *
 * @throws Error when there is none or it does not start
 */
export async function startNginx(
  places: Places,
  options: { dataDir: string; log: (line: string) => void },
): Promise<Nginx> {
  const bin = await findNginx(options)
  const folder = join(options.dataDir, 'nginx')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, configOf(places, folder))
  const server = await startInBackground({
    name: 'nginx',
    command: bin,
    args: ['-p', folder, '-c', file, '-e', 'stderr'],
    logFile: join(folder, 'nginx.log'),
  })
  await waitUntilReady(`http://127.0.0.1:${places.front}/health/alive`, server)
  const pass = async (uis: readonly number[]) => {
    writeFileSync(file, configOf({ ...places, uis }, folder))
    const before = workersOf(server.pid)
    process.kill(server.pid, 'SIGHUP')
    for (let tries = 0; tries < 200 && workersOf(server.pid).every((pid) => before.includes(pid)); tries++)
      await sleep(50)
    // The old worker has stopped to accept connections by then.
    await sleep(300)
  }
  return { ...server, accessLog: join(folder, 'access.log'), pass }
}

function workersOf(pid: number): string[] {
  const tasks = readdirSync(`/proc/${pid}/task`)
  return tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
}

/**
 * The configuration. Connections to a UI are not kept: one that an instance closes while a form is being sent on it could not be
 * told from a form that was lost. A request goes to the next instance as nginx has it by default: when none was reached, and
 * also later for a GET, never for a form.
 */
function configOf({ front, toKratos, uis, kratoses }: Places, folder: string): string {
  const servers = (ports: readonly number[]) =>
    ports.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`).join(' ')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  )
  return `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log stderr;
events { worker_connections 4096; }
http {
  ${temporary.join(' ')}
  log_format who '$msec|$server_port|$request_method|$uri|$status|$upstream_addr|$upstream_status';
  access_log ${join(folder, 'access.log')} who;
  proxy_connect_timeout 5s;
  upstream ui { ${servers(uis)} }
  upstream kratos { ${servers(kratoses)} keepalive 32; }
  server {
    listen 127.0.0.1:${front} backlog=4096;
    location / {
      proxy_pass http://ui;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
  server {
    listen 127.0.0.1:${toKratos} backlog=4096;
    location / {
      proxy_pass http://kratos;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
    }
  }
}
`
}
