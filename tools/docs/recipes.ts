/** One step of docs/fork.md: what becomes of one file. */
export type Recipe = { kind: 'new file' | 'append to' | 'change'; file: string; text: string }

/** Steps that belong together: those under one heading. */
export type Section = {
  title: string
  recipes: Recipe[]
  /** titles of sections that have to come before it */
  needs: string[]
  /** title of the end-to-end test that shows it, where it has one */
  shownBy?: string
}

/** The sections of a page that have recipes. What they need and what shows them is said by comments: `<!-- needs: … -->`, `<!-- shown by: … -->`. */
export function sectionsOf(markdown: string): Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const shownBy = /<!-- shown by: (.+) -->/.exec(text)?.[1]
      return {
        title: text.split('\n', 1)[0] ?? '',
        recipes: recipesOf(text),
        needs: [...text.matchAll(/<!-- needs: (.+) -->/g)].map(([, title = '']) => title),
        ...(shownBy && { shownBy }),
      }
    })
    .filter(({ recipes }) => recipes.length > 0)
}

/** The recipes in a page: blocks of code under a comment `<!-- recipe: <kind> <file> -->`. */
export function recipesOf(markdown: string): Recipe[] {
  const block = /<!-- recipe: (new file|append to|change) (\S+) -->\n```\w+\n(.*?)```/gs
  return [...markdown.matchAll(block)].map(([, kind, file = '', text = '']) => ({
    kind: kind as Recipe['kind'],
    file,
    text,
  }))
}

/**
 * Does what a recipe says.
 *
 * @param recipe the recipe; one that changes a file has lines that begin with `-`, `+` or a blank, as in a diff
 * @param source the file as it is; undefined when there is none
 * @returns the file as it becomes
 * @throws Error when a new file is there already, or when what is to be changed is not there exactly once
 */
export function applyRecipe({ kind, file, text }: Recipe, source: string | undefined): string {
  if (kind === 'new file') {
    if (source !== undefined) throw new Error(`${file} is there already`)
    return text
  }
  if (source === undefined) throw new Error(`${file} is not there`)
  if (kind === 'append to') return `${source}\n${text}`
  const lines = text.trimEnd().split('\n')
  const side = (sign: string) =>
    lines.filter((line) => line.startsWith(sign) || line.startsWith(' ')).map((line) => line.slice(1))
  const [before, after] = [side('-').join('\n'), side('+').join('\n')]
  const times = source.split(before).length - 1
  if (times !== 1) throw new Error(`${file} has this ${times} times, not once:\n${before}`)
  // By a function: a text may have `$&` in it.
  return source.replace(before, () => after)
}
