// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ApplicationNote } from '#components/flow/application.tsx'
import { ENGLISH } from '#lib/i18n/index.ts'
import type { Application } from '#lib/kratos/application.ts'

function render(application: Application): HTMLElement {
  const root = document.createElement('div')
  root.innerHTML = renderToStaticMarkup(<ApplicationNote application={application} words={ENGLISH} />)
  return root
}

test('an application with nothing but a name', () => {
  const note = render({ name: '<b>Album</b>' })
  expect(note.textContent).toBe('to continue to <b>Album</b>')
  expect(note.querySelectorAll('a, b, img')).toHaveLength(0)
  expect(note.querySelector('bdi')?.textContent).toBe('<b>Album</b>')
})

test('an application with all that it can have', () => {
  const note = render({
    name: 'Album',
    logo: 'https://logos.example/a.png',
    policy: 'https://album.example/privacy',
    terms: 'https://album.example/terms',
  })
  const logo = note.querySelector('img')
  // The name stands beside it.
  expect(logo?.getAttribute('alt')).toBe('')
  expect(logo?.getAttribute('referrerpolicy')).toBe('no-referrer')
  const links = [...note.querySelectorAll('a')]
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['Privacy policy', 'https://album.example/privacy'],
    ['Terms of use', 'https://album.example/terms'],
  ])
  for (const link of links) expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
})
