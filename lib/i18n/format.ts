/** What makes numbers and plurals of a language. */
export type Forms = { plurals: Intl.PluralRules; numbers: Intl.NumberFormat }

/** Gives the value of a name; undefined leaves `{name}` as it stands. */
export type ValueOf = (name: string) => string | number | undefined

// `{name}`, or `{name, plural, one {# second} other {# seconds}}`: the branches may hold `{name}`s, but no plurals.
const BRANCH = String.raw`\s*(?:=\d+|[a-z]+)\s*\{(?:[^{}]|\{\w[\w-]*\})*\}`
const PART = new RegExp(String.raw`\{(\w[\w-]*)(?:,\s*plural\s*,((?:${BRANCH})+)\s*)?\}`, 'g')
const ONE_BRANCH = /(=\d+|[a-z]+)\s*\{((?:[^{}]|\{\w[\w-]*\})*)\}/g

/**
 * Puts values into a text: the part of ICU's messages that a login page needs. Values are not looked into again.
 *
 * @param text such as `{seconds, plural, one {# second} other {# seconds}}`; `#` is the number
 * @see https://unicode-org.github.io/icu/userguide/format_parse/messages/
 */
export function format(text: string, forms: Forms, find: ValueOf): string {
  return text.replace(PART, (found: string, name: string, branches: string | undefined) => {
    const value = find(name)
    if (value === undefined) return found
    if (branches) return format(branchFor(Number(value), branches, forms), forms, find)
    return typeof value === 'number' ? forms.numbers.format(value) : value
  })
}

function branchFor(count: number, branches: string, { plurals, numbers }: Forms): string {
  const all = branchesOf(branches)
  const text = all.get(`=${count}`) ?? all.get(plurals.select(count)) ?? all.get('other') ?? ''
  return text.replaceAll('#', numbers.format(count))
}

function branchesOf(branches: string): Map<string, string> {
  return new Map([...branches.matchAll(ONE_BRANCH)].map(([, key = '', text = '']) => [key, text]))
}

/**
 * The names that a text has a place for, and the plural cases of each; for the tests that compare catalogues.
 *
 * @returns each name once, with its cases where it is a plural
 */
export function placesOf(text: string): Map<string, readonly string[]> {
  const places = new Map<string, readonly string[]>()
  for (const [, name = '', branches] of text.matchAll(PART)) {
    const inner = branches ? branchesOf(branches) : new Map<string, string>()
    places.set(name, [...inner.keys()])
    for (const branch of inner.values()) {
      for (const [found] of placesOf(branch)) if (!places.has(found)) places.set(found, [])
    }
  }
  return places
}
