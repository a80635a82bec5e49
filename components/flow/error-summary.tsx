import type { Words } from '#lib/i18n/index.ts'
import { type fieldErrors, fieldId } from '#lib/kratos/nodes.ts'

type Props = { errors: ReturnType<typeof fieldErrors>; words: Words }

/**
 * Links to the fields that have an error. With one error there is none: the focus is on that field already, and its
 * message is read out with it. The messages' test ids belong to the messages at the fields (docs/decisions/0010).
 */
export function ErrorSummary({ errors, words }: Props) {
  if (errors.length < 2) return null
  return (
    <div className="summary" role="alert">
      <p>{words.t('flow.errors')}</p>
      <ul>
        {errors.map(({ node, message }) => (
          <li key={fieldId(node)}>
            <a href={`#${fieldId(node)}`}>
              {node.meta.label ? `${words.text(node.meta.label)}: ` : ''}
              <bdi>{words.text(message)}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
