import type { LoginFlow } from '@ory/client'
import { describe, expect, test } from 'vitest'
import type { StartNote } from '#lib/start-note.ts'
import { wayBackToSettings } from '#lib/way-back.ts'

const NOW = 1_800_000_000_000
const flow = (patch: Partial<LoginFlow> = {}): LoginFlow => ({ id: 'f', refresh: false, ...patch }) as LoginFlow

function asked(age: number, params: Record<string, string> = {}): StartNote {
  return { starts: [{ params, at: NOW - age }], times: [] }
}

type Row = [string, LoginFlow, StartNote | undefined, StartNote | undefined, string | undefined]

describe('the way back to the settings', () => {
  test.each<Row>([
    ['a login just after the settings were asked for', flow(), asked(500), undefined, '/settings'],
    [
      'with what the settings were asked with',
      flow({ return_to: 'https://app/' }),
      asked(500, { return_to: 'https://app/' }),
      undefined,
      '/settings?return_to=https%3A%2F%2Fapp%2F',
    ],
    ['a step-up to the second factor', flow({ requested_aal: 'aal2' }), asked(500), undefined, '/settings'],
    ['an older login start does not count', flow(), asked(500), asked(501), '/settings'],
    ['within 10 s', flow(), asked(10_000), undefined, '/settings'],
    ['not after 10 s', flow(), asked(10_001), undefined, undefined],
    ['not when the settings were never asked for', flow(), undefined, undefined, undefined],
    ['not with an empty note', flow(), { starts: [], times: [] }, undefined, undefined],
    ['not when a login was started since', flow(), asked(500), asked(499), undefined],
    ['not when the login confirms who it is', flow({ refresh: true }), asked(500), undefined, undefined],
    ['not when the login leads elsewhere', flow({ return_to: '/x' }), asked(500), undefined, undefined],
    [
      'not when the login leads elsewhere than the settings',
      flow({ return_to: '/x' }),
      asked(500, { return_to: '/y' }),
      undefined,
      undefined,
    ],
  ])('%s', (_name, login, settings, logins, expected) => {
    expect(wayBackToSettings(login, settings, logins, NOW)).toBe(expected)
  })
})
