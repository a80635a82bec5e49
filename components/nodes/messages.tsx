import type { UiText } from '@ory/client'
import type { Words } from '#lib/i18n/index.ts'

type Props = { messages: readonly UiText[]; words: Words; id?: string }

/**
 * Messages of Kratos, each with its contract name `ui/message/<id>` and nothing but its text; the same one only once.
 */
export function Messages({ messages, words, id }: Props) {
  const unique = messages.filter((message, index) => messages.findIndex((other) => same(other, message)) === index)
  if (unique.length === 0) return null
  return (
    <div className="messages" id={id}>
      {unique.map((message) => (
        <p
          key={`${message.id}-${message.text}`}
          className={`message message-${message.type}`}
          data-testid={`ui/message/${message.id}`}
        >
          {/* English of Kratos's keeps its full stop at its end, in a page that runs from right to left as well. */}
          <bdi>{words.text(message)}</bdi>
        </p>
      ))}
    </div>
  )
}

function same(a: UiText, b: UiText): boolean {
  return a.id === b.id && a.text === b.text
}
