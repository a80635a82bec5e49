import type { UiNode, UiNodeTextAttributes, UiText } from '@ory/client'
import { BackupCodesIsland } from '#components/islands/backup-codes-island.tsx'
import type { NodeContext } from '#components/nodes/types.ts'

type Props = { node: UiNode; context: NodeContext }

/** Something to read or to write down: the TOTP secret, backup codes, hints. */
export function TextNode({ node, context }: Props) {
  const { text, id } = node.attributes as UiNodeTextAttributes
  const { label } = node.meta
  const { t } = context.words
  const secrets = secretsOf(text)
  const testId = `node/text/${id}`
  return (
    <div className="text-node" data-testid={testId}>
      {label && (
        <p className="label" data-testid={`${testId}/label`}>
          {context.words.text(label)}
        </p>
      )}
      {secrets ? (
        <>
          <ul className="codes" id={CODES_ID} data-testid={`${testId}/text`}>
            {secrets.map((secret) => (
              <li key={secret.key} data-used={secret.used || undefined}>
                <code>{context.words.text(secret.message)}</code>
              </li>
            ))}
          </ul>
          <BackupCodesIsland
            list={CODES_ID}
            copy={t('codes.copy')}
            copied={t('codes.copied')}
            notCopied={t('codes.not-copied')}
            download={t('codes.download')}
            print={t('codes.print')}
            heading={t('codes.heading')}
          />
        </>
      ) : (
        <p className="secret" data-testid={`${testId}/text`}>
          {text.id === TOTP_SECRET ? <code>{context.words.text(text)}</code> : context.words.text(text)}
        </p>
      )}
    </div>
  )
}

/** There is one list of codes a page. */
const CODES_ID = 'backup-codes'
const TOTP_SECRET = 1050006
const LOOKUP_SECRETS = 1050015
const LOOKUP_USED = 1050014

/** Backup codes come as one message with the single ones in its context. */
function secretsOf(text: UiText): { key: string; message: UiText; used: boolean }[] | undefined {
  const list = (text.context as { secrets?: unknown } | undefined)?.secrets
  if (text.id !== LOOKUP_SECRETS || !Array.isArray(list)) return undefined
  return list.map((message: UiText, index) => ({
    key: `${index}-${message.text}`,
    message,
    used: message.id === LOOKUP_USED,
  }))
}
