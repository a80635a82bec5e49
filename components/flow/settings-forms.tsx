import type { UiNode, UiText } from '@ory/client'
import { FlowForm } from '#components/flow/flow-form.tsx'
import { Messages } from '#components/nodes/messages.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import { isMessageKey, type MessageKey } from '#lib/i18n/index.ts'
import type { Flow } from '#lib/kratos/flows.ts'
import type { FormPlan } from '#lib/kratos/forms.ts'

type Props = { plans: readonly FormPlan[]; flow: Flow; context: NodeContext }

/** The settings: a section for each group, with a heading (`settings.<group>`), a hint, and a form of its own. */
export function SettingsForms({ plans, flow, context }: Props) {
  const { t } = context.words
  return (
    <div data-testid="settings-flow" className="forms">
      {plans.map((plan) => {
        const group = plan.blocks[0]?.group ?? 'default'
        const heading = `settings.${group}`
        const managed = managedBy(plan)
        const hint = managed.length > 0 ? undefined : hintOf(group, plan)
        return (
          <section key={group} id={`settings-${group}`} className="section">
            <h3>{t(isMessageKey(heading) ? heading : 'settings.other')}</h3>
            {hint && (
              <p className="hint" id={`settings-${group}-hint`}>
                {t(hint)}
              </p>
            )}
            {managed.length > 0 && (
              <div className="hint">
                <Messages messages={managed} words={context.words} />
              </div>
            )}
            <FlowForm
              plan={managed.length > 0 ? withoutManaged(plan) : plan}
              action={flow.ui.action}
              method={flow.ui.method}
              context={context}
              describedBy={hint && `settings-${group}-hint`}
            />
          </section>
        )
      })}
    </div>
  )
}

/** 1050023: the organization manages these. Kratos says so at each node; said once a section, it can be read. */
const MANAGED = 1050023

function managedBy({ blocks }: FormPlan): UiText[] {
  const nodes = blocks.flatMap((block) => [...block.nodes, ...block.buttons])
  return nodes.flatMap((node) => node.messages.filter(({ id }) => id === MANAGED))
}

function withoutManaged(plan: FormPlan): FormPlan {
  const strip = <T extends UiNode>(node: T): T => ({
    ...node,
    messages: node.messages.filter(({ id }) => id !== MANAGED),
  })
  return {
    ...plan,
    blocks: plan.blocks.map(({ group, nodes, buttons }) => ({
      group,
      nodes: nodes.map(strip),
      buttons: buttons.map(strip),
    })),
  }
}

function hintOf(group: string, plan: FormPlan): MessageKey | undefined {
  const has = (name: string) =>
    plan.blocks.some((block) => block.buttons.some((button) => button.attributes.name === name))
  if (has('totp_unlink')) return 'settings.hint.totp.enrolled'
  // Kratos leaves the button of the last way to sign in out, and does not say why.
  if (group === 'oidc' && has('unlink')) return 'settings.hint.oidc.linked'
  const hint = `settings.hint.${group}`
  return isMessageKey(hint) ? hint : undefined
}
