import { FLOWS } from '../../lib/kratos/flows.ts'
import { allErrors, allFlows } from '../../tools/testing/fixtures.ts'
import { FAILURES } from '../stub-kratos.ts'

/** A page in a state that the stub can show. */
export type State = {
  /** unique, and good for a file name */
  name: string
  /** the flow's type, or what else it is */
  kind: string
  path: string
  /** whether the stub must have a session */
  signedIn: boolean
  status: number
  /** what has to stand on the page */
  says?: string
  /** whether what it says depends on the machine, so that no tree and no picture of it can be kept */
  varies?: true
}

/** Our own pages, by path. */
const OWN: readonly (Omit<State, 'kind' | 'signedIn' | 'status'> & Partial<State>)[] = [
  { name: 'welcome', path: '/welcome', signedIn: true },
  { name: 'welcome-signed-out', path: '/welcome' },
  { name: 'sessions', path: '/sessions', signedIn: true },
  { name: 'sign-out', path: '/logout?ask=1', signedIn: true },
  { name: 'signed-out', path: '/logout' },
  { name: 'languages', path: '/preferences' },
  { name: 'diagnosis', path: '/diagnosis?why=csrf&type=login', status: 403 },
  { name: 'not-found', path: '/no-such-page', status: 404 },
  { name: 'doctor', path: '/doctor', varies: true },
  { name: 'foreign-form', path: '/login?flow=foreign-form', status: 502 },
  { name: 'too-many', path: '/problem/429?again&wait=30', status: 429 },
  { name: 'unavailable', path: '/problem/503?again', status: 503 },
  { name: 'bad-request', path: '/problem/400', status: 400 },
]

/** Every state: flows as recorded, of newer versions and made up, then what goes wrong, then our own pages. */
export function allStates(): State[] {
  const all = allFlows()
  const flows = Object.keys(FLOWS).flatMap((kind) =>
    all
      .filter(({ type }) => type === kind)
      .map(({ name }) => {
        const id = name.replace(/.*\//, '')
        return { name: id, kind, path: `/${kind}?flow=${id}`, signedIn: kind === 'settings', status: 200 }
      }),
  )
  const errors = Object.entries(FAILURES).map(([id, { code }]) => ({
    name: `error-${id}`,
    kind: 'error',
    path: `/error?id=${id}`,
    signedIn: false,
    status: code,
  }))
  const written = allErrors().map(({ name, error }) => ({
    name,
    kind: 'error',
    path: `/error?id=${name}`,
    signedIn: false,
    status: 403,
    says: (error.error as { reason: string }).reason,
  }))
  const own = OWN.map((page) => ({ kind: 'own', signedIn: false, status: 200, ...page }))
  return [...flows, ...errors, ...written, ...own]
}
