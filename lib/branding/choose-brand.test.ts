import { expect, test } from 'vitest'
import { chooseBrand, completeBrand } from '#lib/branding/choose-brand.ts'
import type { Branding } from '#lib/branding/schema.ts'

const branding: Branding = {
  name: 'House',
  radius: '0',
  links: { terms: 'https://house.example/terms', privacy: 'https://house.example/privacy' },
  texts: { en: { 'login.title': 'Hello', 'link.home': 'House' } },
  brands: [
    { name: 'Host', hosts: ['login.acme.example'], links: { terms: 'https://acme.example/terms' } },
    { name: 'Port', hosts: ['localhost:4455'] },
    {
      name: 'Client',
      clients: ['photos'],
      texts: { en: { 'login.title': 'Photos' }, de: { 'login.title': 'Fotos' } },
    },
    { name: 'Organization', organizations: ['org-1'] },
  ],
}

test.each([
  [{}, 'House'],
  [{ host: 'other.example' }, 'House'],
  [{ host: 'login.acme.example' }, 'Host'],
  [{ host: 'login.acme.example:8443' }, 'Host'],
  [{ host: 'localhost:4455' }, 'Port'],
  [{ host: 'localhost' }, 'House'],
  [{ client: 'photos' }, 'Client'],
  [{ client: 'photos', organization: 'org-1', host: 'login.acme.example' }, 'Client'],
  [{ organization: 'org-1', host: 'login.acme.example' }, 'Organization'],
  [{ client: '', organization: '', host: '' }, 'House'],
])('%j: %s', (asked, name) => {
  expect(completeBrand(branding, chooseBrand(branding, asked)).name).toBe(name)
})

test('what a brand leaves out is as in the default', () => {
  const host = completeBrand(branding, chooseBrand(branding, { host: 'login.acme.example' }))
  expect(host.radius).toBe('0')
  expect(host.links).toEqual({
    terms: 'https://acme.example/terms',
    privacy: 'https://house.example/privacy',
  })
  expect(completeBrand(branding, chooseBrand(branding, { client: 'photos' })).texts).toEqual({
    en: { 'login.title': 'Photos', 'link.home': 'House' },
    de: { 'login.title': 'Fotos' },
  })
})
