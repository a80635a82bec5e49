import { expect, test } from 'vitest'
import { applyRecipe, type Recipe, recipesOf } from './recipes.ts'

const change = (text: string): Recipe => ({ kind: 'change', file: 'x.ts', text })

test('recipes are read off a page, and other blocks are left alone', () => {
  const page = '<!-- recipe: new file a.ts -->\n```ts\nconst a = 1\n```\n\n```sh\nnpm test\n```\n'
  expect(recipesOf(page)).toEqual([{ kind: 'new file', file: 'a.ts', text: 'const a = 1\n' }])
})

test('a change takes lines out and puts others in', () => {
  expect(applyRecipe(change(' a\n-b\n+c\n+$&\n'), 'a\nb\nd\n')).toBe('a\nc\n$&\nd\n')
})

test.each([
  ['is there twice', 'a\na\n'],
  ['is not there', 'b\n'],
])('a change of what %s fails', (_name, source) => {
  expect(() => applyRecipe(change('-a\n+b\n'), source)).toThrow('not once')
})

test('a file that is there is not new, and one that is not cannot be changed', () => {
  expect(() => applyRecipe({ kind: 'new file', file: 'x.ts', text: '' }, '')).toThrow('there already')
  expect(() => applyRecipe(change('-a\n+b\n'), undefined)).toThrow('not there')
})
