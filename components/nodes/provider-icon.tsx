import paths from '#components/nodes/provider-paths.json' with { type: 'json' }

/**
 * Marks of well-known providers, one path each on a field of 24 × 24: from Simple Icons 16.37 (CC0), Microsoft's and the
 * door that stands for every other one of our own drawing. They are trademarks of their owners, and stand for nothing but the
 * way to sign in there.
 *
 * @see https://simpleicons.org
 */
const PATHS: Readonly<Record<string, string>> = paths

/**
 * The mark of a provider, in the colour of the text beside it; a neutral one for those that nobody knows.
 *
 * @param id the provider's id in Kratos's configuration, such as `google` or `github-work`: what the operator chose
 */
export function ProviderIcon({ id }: { id: string }) {
  const [first = ''] = id.toLowerCase().split(/[^a-z0-9]/)
  return (
    <svg className="provider-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path fill="currentColor" d={Object.hasOwn(PATHS, first) ? PATHS[first] : paths.other} />
    </svg>
  )
}
