import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyRecipe, type Recipe, recipesOf, sectionsOf } from '../tools/docs/recipes.ts'
import { ROOT } from '../tools/paths.ts'

// That what comes out also works is seen by scripts/fork-check.ts.
const PAGE = readFileSync(join(ROOT, 'docs/fork.md'), 'utf8')
const SECTIONS = sectionsOf(PAGE)

function apply(recipes: readonly Recipe[]): Map<string, string> {
  const files = new Map<string, string>()
  for (const recipe of recipes) {
    const path = join(ROOT, recipe.file)
    const source = files.get(recipe.file) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
    files.set(recipe.file, applyRecipe(recipe, source))
  }
  return files
}

test('every recipe of docs/fork.md fits the code, one after the other', () => {
  const recipes = recipesOf(PAGE)
  expect(recipes.length).toBeGreaterThan(10)
  expect(SECTIONS.flatMap((section) => section.recipes)).toEqual(recipes)
  apply(recipes)
})

test.each(SECTIONS)('$title: fits the code alone', ({ recipes, needs }) => {
  const before = needs.flatMap((title) => SECTIONS.find((section) => section.title === title)?.recipes ?? [])
  expect(before.length).toBeGreaterThanOrEqual(needs.length)
  expect(apply([...before, ...recipes]).size).toBeGreaterThan(0)
})

test('what shows a recipe is a test of the spec of recipes', () => {
  const spec = recipesOf(PAGE).find(({ file }) => file === 'e2e/own.spec.ts')?.text ?? ''
  const titles = [...spec.matchAll(/^test\('(.+)',/gm)].map(([, title]) => title)
  expect(SECTIONS.flatMap(({ shownBy }) => shownBy ?? [])).toEqual(titles)
})
