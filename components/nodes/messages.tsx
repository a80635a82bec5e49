import type { UiText } from '@ory/client'
import type { Words } from '#lib/i18n/index.ts'

type Props = {
  messages: readonly UiText[]
  words: Words
  id?: string
  repeats?: ReadonlySet<UiText> | undefined
}

/**
 * Messages of Kratos, each with its contract name `ui/message/<id>` and nothing but its text. Existing tests expect a
 * name at most once a form, so the repeats go without.
 */
export function Messages({ messages, words, id, repeats }: Props) {
  const unique = messages.filter(
    (message, index) => messages.findIndex((other) => same(other, message)) === index,
  )
  if (unique.length === 0) return null
  return (
    <div className="messages" id={id}>
      {unique.map((message) => (
        <p
          key={`${message.id}-${message.text}`}
          className={`message message-${message.type}`}
          data-testid={repeats?.has(message) ? undefined : `ui/message/${message.id}`}
        >
          {words.text(message)}
        </p>
      ))}
    </div>
  )
}

function same(a: UiText, b: UiText): boolean {
  return a.id === b.id && a.text === b.text
}
