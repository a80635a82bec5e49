import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../paths.ts'
import { configsOf, PROFILES } from '../profiles.ts'
import { readKratosPorts } from './config-ports.ts'

const folder = join(ROOT, 'e2e', 'kratos')

test('reads the ports of an overlay', () => {
  const files = [join(folder, 'base.yml'), join(folder, 'same-origin.yml')]
  expect(readKratosPorts(files)).toEqual({ publicPort: 4533, adminPort: 4534 })
})

test('the last file wins', () => {
  const files = [join(folder, 'same-origin.yml'), join(folder, 'demo.yml')]
  expect(readKratosPorts(files)).toEqual({ publicPort: 4433, adminPort: 4434 })
})

test('says which files name no port', () => {
  expect(() => readKratosPorts([join(folder, 'base.yml')])).toThrow('serve.public.port stands in none of')
})

test('no two profiles share a port', () => {
  const ports = Object.values(PROFILES).flatMap((profile) => {
    const { publicPort, adminPort } = readKratosPorts(configsOf(profile))
    return [Number(new URL(profile.uiUrl).port), publicPort, adminPort]
  })
  expect(ports).toEqual([...new Set(ports)])
})
