import { OTHER_PROVIDER, PROVIDER_PATHS } from '#components/nodes/provider-paths.ts'

/**
 * The mark of a provider, in the colour of the text beside it; a neutral one for those that nobody knows.
 *
 * @param id the provider's id in Kratos's configuration, such as `google` or `github-work`: what the operator chose
 */
export function ProviderIcon({ id }: { id: string }) {
  return (
    <svg className="provider-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path fill="currentColor" d={pathOf(id)} />
    </svg>
  )
}

/** The whole id, else its first word. */
function pathOf(id: string): string {
  const [first = ''] = id.toLowerCase().split(/[^a-z0-9]/)
  return (Object.hasOwn(PROVIDER_PATHS, first) && PROVIDER_PATHS[first]) || OTHER_PROVIDER
}
