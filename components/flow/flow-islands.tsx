import type { UiNode } from '@ory/client'
import { CodeIsland } from '#components/islands/code-island.tsx'
import { DateTimeIsland } from '#components/islands/date-time-island.tsx'
import { FormIsland } from '#components/islands/form-island.tsx'
import { IslandBoundary } from '#components/islands/island-boundary.tsx'
import { PasswordIsland } from '#components/islands/password-island.tsx'
import { ResendIsland } from '#components/islands/resend-island.tsx'
import { WAIT } from '#components/islands/resend-wait.ts'
import { WebauthnIsland } from '#components/islands/webauthn-island.tsx'
import type { Words } from '#lib/i18n/index.ts'
import type { Flow } from '#lib/kratos/flows.ts'
import { isButton, isCodeField, isField, isResend, needsScript } from '#lib/kratos/nodes.ts'

type Props = { flow: Flow; refill: boolean; words: Words }

/** The islands that the nodes of a flow ask for. They get words and ids, never a value of the flow. */
export function FlowIslands({ flow, refill, words }: Props) {
  const { t } = words
  const has = (test: (node: UiNode) => boolean) => flow.ui.nodes.some(test)
  return (
    <IslandBoundary>
      {has((node) => isButton(node) && needsScript(node)) && (
        <WebauthnIsland failed={t('webauthn.failed')} registered={t('webauthn.registered')} />
      )}
      {has((node) => isField(node) && node.attributes.type === 'datetime-local') && <DateTimeIsland />}
      {has(takesCode) && <CodeIsland />}
      {has((node) => isField(node) && node.attributes.type === 'password') && <PasswordIsland />}
      {has(isResend) && (
        <ResendIsland
          flow={flow.id}
          justSent={(flow.ui.messages ?? []).some((message) => message.type === 'info')}
          hint={t('resend.hint', { seconds: WAIT / 1000 })}
          seconds={t('resend.seconds')}
        />
      )}
      <FormIsland busyLabel={t('busy')} refill={refill} />
    </IslandBoundary>
  )
}

/** Whether a code is typed or pasted here. */
function takesCode(node: UiNode): boolean {
  return isCodeField(node) || (isField(node) && node.attributes.name === 'lookup_secret')
}
