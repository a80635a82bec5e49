import type { MessageKey, Words } from '#lib/i18n/index.ts'
import en from '#lib/i18n/messages/en.json' with { type: 'json' }
import { plain } from '#lib/kratos/application.ts'

/** A scope in words where the catalogue has some (`scope.<name>`, a fork's own too), else as it is. */
export function ScopeName({ scope, words }: { scope: string; words: Words }) {
  const key = `scope.${scope}`
  if (Object.hasOwn(en, key)) return <>{words.t(key as MessageKey)}</>
  return (
    <code>
      <bdi>{plain(scope)}</bdi>
    </code>
  )
}
