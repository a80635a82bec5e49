import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadBranding, watchBranding } from '#lib/branding/branding-file.ts'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'branding-'))
  file = join(folder, 'branding.json')
  writeFileSync(join(folder, 'logo.svg'), SVG)
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (branding: unknown) => writeFileSync(file, JSON.stringify(branding))

describe('a branding file', () => {
  test('that says nothing leaves the name of the project', () => {
    write({})
    expect(loadBranding(file, 'SecureApp').brandOf({})).toEqual({ name: 'SecureApp', links: {}, texts: {} })
  })

  test('has its pictures and colours served by names of their contents', () => {
    write({ logo: { light: 'logo.svg' }, colors: { light: { accent: '#2255bb' } } })
    const { brandOf, assets } = loadBranding(file, 'SecureApp')
    const { logo, stylesheet } = brandOf({})
    expect(logo?.light).toMatch(/^\/brand\/[0-9a-f]{16}\.svg$/)
    expect(assets.get(logo?.light.slice(7) ?? '')).toEqual({ type: 'image/svg+xml', bytes: Buffer.from(SVG) })
    expect(String(assets.get(stylesheet?.slice(7) ?? '')?.bytes)).toContain('--color-accent: light-dark(')
  })

  test('has a brand for a host, with what the default says besides', () => {
    write({ radius: '0', brands: [{ name: 'Acme', hosts: ['acme.example'] }] })
    const { brandOf } = loadBranding(file, 'SecureApp')
    expect(brandOf({ host: 'acme.example' }).name).toBe('Acme')
    expect(brandOf({ host: 'acme.example' }).stylesheet).toBe(brandOf({}).stylesheet)
  })

  test('tells of colours that cannot be read', () => {
    write({ name: 'House', colors: { light: { accent: '#ffd400' } } })
    expect(loadBranding(file, 'SecureApp').warnings).toEqual([
      'BRANDING_FILE: House: light: accent on surface has a contrast of 1.4, 4.5 is needed',
    ])
  })

  test('that names no such file, or too large a one, cannot be used', () => {
    write({ logo: { light: 'none.svg' } })
    expect(() => loadBranding(file, 'SecureApp')).toThrow(
      `BRANDING_FILE: found ${file}: ${join(folder, 'none.svg')} cannot be read`,
    )
    writeFileSync(join(folder, 'large.png'), Buffer.alloc(512 * 1024 + 1))
    write({ favicon: 'large.png' })
    expect(() => loadBranding(file, 'SecureApp')).toThrow('large.png is larger than 512 KiB')
    expect(() => loadBranding(join(folder, 'nothing.json'), 'SecureApp')).toThrow('cannot be read')
  })
})

test('a change is seen, one that cannot be used is told and changes nothing', async () => {
  write({ name: 'One', logo: { light: 'logo.svg' } })
  const told: string[] = []
  const branding = watchBranding(file, 'SecureApp', (line) => told.push(line))
  const logo = branding().brandOf({}).logo?.light.slice(7) ?? ''
  write({ name: 'Two' })
  await vi.waitFor(() => expect(branding().brandOf({}).name).toBe('Two'), 5000)
  // A page that was open before may still ask for it.
  expect(branding().assets.has(logo)).toBe(true)
  writeFileSync(file, '{')
  await vi.waitFor(() => expect(told).toEqual([`BRANDING_FILE: found ${file}: it is no JSON`]), 5000)
  expect(branding().brandOf({}).name).toBe('Two')
})
