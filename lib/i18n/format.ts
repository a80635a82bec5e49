/** What makes numbers and plurals of a language. */
export type Forms = { plurals: Intl.PluralRules; numbers: Intl.NumberFormat }

/** Gives the value of a name; undefined leaves `{name}` as it stands. */
export type ValueOf = (name: string) => string | number | undefined

// `{name}`, or `{name, plural, one {# second} other {# seconds}}`: the branches may hold `{name}`s, but no plurals.
const BRANCH = String.raw`\s*(?:=\d+|[a-z]+)\s*\{(?:[^{}]|\{\w[\w-]*\})*\}`
/** A place in a text, with its name and, of a plural, its branches. */
export const PART = new RegExp(String.raw`\{(\w[\w-]*)(?:,\s*plural\s*,((?:${BRANCH})+)\s*)?\}`, 'g')
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

/** The branches of a plural: the text of each case. */
export function branchesOf(branches: string): Map<string, string> {
  return new Map([...branches.matchAll(ONE_BRANCH)].map(([, key = '', text = '']) => [key, text]))
}
