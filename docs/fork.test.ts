import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyRecipe, recipesOf } from '../tools/docs/recipes.ts'
import { ROOT } from '../tools/paths.ts'

// That what comes out also works is seen by scripts/fork-check.ts.
test('every recipe of docs/fork.md fits the code, one after the other', () => {
  const files = new Map<string, string>()
  const recipes = recipesOf(readFileSync(join(ROOT, 'docs/fork.md'), 'utf8'))
  expect(recipes.length).toBeGreaterThan(10)
  for (const recipe of recipes) {
    const path = join(ROOT, recipe.file)
    const source = files.get(recipe.file) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
    files.set(recipe.file, applyRecipe(recipe, source))
  }
})
