import { isMessageKey, type Words } from '#lib/i18n/index.ts'
import { plain } from '#lib/kratos/application.ts'

/** A scope in words where the catalogue has some (`scope.<name>`, a fork's own too), else as it is. */
export function ScopeName({ scope, words }: { scope: string; words: Words }) {
  const key = `scope.${scope}`
  if (isMessageKey(key)) return <>{words.t(key)}</>
  return (
    <code>
      <bdi>{plain(scope)}</bdi>
    </code>
  )
}
