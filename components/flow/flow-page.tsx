import type { ReactNode } from 'react'
import { AccountExists } from '#components/flow/account-exists.tsx'
import { ApplicationNote } from '#components/flow/application.tsx'
import { ErrorSummary } from '#components/flow/error-summary.tsx'
import { FlowForm } from '#components/flow/flow-form.tsx'
import { FlowIslands } from '#components/flow/flow-islands.tsx'
import { FlowLinks } from '#components/flow/flow-links.tsx'
import { SettingsForms } from '#components/flow/settings-forms.tsx'
import { Card } from '#components/layout/card.tsx'
import { Messages } from '#components/nodes/messages.tsx'
import type { NodeContext } from '#components/nodes/types.ts'
import type { MessageKey, Words } from '#lib/i18n/index.ts'
import { accountName } from '#lib/kratos/account-name.ts'
import type { Application } from '#lib/kratos/application.ts'
import { type Flow, type FlowType, hasMessage, isRefresh, isSecondFactor } from '#lib/kratos/flows.ts'
import { type FormPlan, planForms } from '#lib/kratos/forms.ts'
import { carriedIdentifier, type FlowLinks as Links } from '#lib/kratos/links.ts'
import { fieldErrors, fieldId, isError, isField, isHidden, needsScript } from '#lib/kratos/nodes.ts'

type Props = {
  type: FlowType
  flow: Flow
  words: Words
  links: Links
  /** the application that this is for */
  application?: Application | undefined
  /** who signed in on this device before: the login's own way to pick one */
  known?: ReactNode
  lastUsed?: NodeContext['lastUsed']
  /** our own sentence above the form */
  notice?: ReactNode
  /** whether this flow replaces one that expired */
  replaces?: boolean
}

/** A flow as a page: messages, error summary, forms, and the ways to the other flows. */
export function FlowPage({ type, flow, words, links, application, known, lastUsed, notice, replaces = false }: Props) {
  const errors = fieldErrors(flow.ui.nodes)
  const context: NodeContext = { type, words, focusId: focusOf(flow, errors), account: accountName(flow), lastUsed }
  const plans = planForms(type, flow)
  // Those of values that the flow carries along as well: there is no field to show them at.
  const messages = [...(flow.ui.messages ?? []), ...flow.ui.nodes.filter(isHidden).flatMap((node) => node.messages)]
  return (
    <Card title={words.t(titleOf(type, flow))} wide={type === 'settings'}>
      {application && <ApplicationNote application={application} words={words} />}
      {notice}
      {messages.length > 0 && (
        // Errors are announced at once, the rest politely.
        <div role={messages.some(isError) ? 'alert' : 'status'}>
          <Messages messages={messages} words={words} />
        </div>
      )}
      <AccountExists type={type} flow={flow} links={links} words={words} />
      {known}
      {type === 'login' && <Identifier flow={flow} links={links} words={words} />}
      {links.verification && (
        <p>
          <a className="button button-primary" href={links.verification} data-testid="verification-link">
            {words.t('link.verification')}
          </a>
        </p>
      )}
      <ErrorSummary errors={errors} words={words} />
      {plans.length === 0 && !flow.ui.messages?.length && <p>{words.t('flow.empty')}</p>}
      {plans.length > 0 && plans.every(onlyByScript) && (
        <noscript>
          <p className="message message-error">{words.t('webauthn.noscript')}</p>
        </noscript>
      )}
      {type === 'settings' ? (
        <SettingsForms plans={plans} flow={flow} context={context} />
      ) : (
        <div data-testid={`${type}-flow`} className="forms">
          {plans.map((plan, index) => (
            <Containers key={groupsOf(plan).join('-') || 'default'} names={containersOf(type, plan)}>
              {index > 0 && (
                <p className="divider">
                  <span>{words.t('flow.or')}</span>
                </p>
              )}
              <FlowForm
                plan={plan}
                action={flow.ui.action}
                method={flow.ui.method}
                context={context}
                leads={index === 0}
                testId={type === 'registration' && groupsOf(plan).includes('passkey') ? 'passkey-flow' : undefined}
              />
            </Containers>
          ))}
        </div>
      )}
      <FlowLinks links={links} words={words} />
      <FlowIslands flow={flow} refill={replaces || forgetsInput(flow) || asksForAddress(flow)} words={words} />
    </Card>
  )
}

/** Whether nothing in a form works without JavaScript. */
function onlyByScript(plan: FormPlan): boolean {
  const buttons = plan.blocks.flatMap((block) => block.buttons)
  return buttons.length > 0 && buttons.every(needsScript)
}

/** Whom a login goes on with, or where the code of a second factor went, once there is no field for it. */
function Identifier({ flow, links, words }: Pick<Props, 'flow' | 'links' | 'words'>) {
  const identifier = carriedIdentifier(flow)
  if (!identifier) return null
  return (
    <p className="identifier" data-testid="flow-identifier">
      <span>{identifier}</span>{' '}
      {links.notYou && (
        <a href={links.notYou} data-testid="not-you-link">
          {words.t('link.not-you')}
        </a>
      )}
      {links.anotherWay && (
        <a href={links.anotherWay} data-testid="another-way-link">
          {words.t('link.another-way')}
        </a>
      )}
    </p>
  )
}

function titleOf(type: FlowType, flow: Flow): MessageKey {
  if (isSecondFactor(flow)) return 'login.title.aal2'
  if (type === 'login' && isRefresh(flow)) return 'login.title.refresh'
  return `${type}.title`
}

/** The focus goes to the first error or what it is about, else to the code that the person is waiting to type. */
function focusOf(flow: Flow, errors: ReturnType<typeof fieldErrors>): string | undefined {
  const wrong = flow.ui.messages?.map(({ id }) => WRONG[id]).find(Boolean)
  const fields = flow.ui.nodes.filter(isField)
  const first = errors[0]?.node ?? fields.find(({ attributes }) => attributes.name === (wrong ?? 'code'))
  return first && fieldId(first)
}

/** Kratos tells of these at the flow, not at the field; and there may be several second factors on the page. */
const WRONG: Readonly<Record<number, string>> = {
  4000006: 'password',
  4000008: 'totp_code',
  4000012: 'lookup_secret',
  4000016: 'lookup_secret',
}

/**
 * Whether Kratos gives back an empty form for what was typed: after an expired submit (4010001, 4040001, 4050001, 4060005,
 * 4070005), when an account exists already (4000007, 4000028), when its address is not verified (4000010) and
 * when it has no security key (4000015).
 */
function forgetsInput(flow: Flow): boolean {
  return hasMessage(flow, 4000007, 4000010, 4000015, 4000028, 4010001, 4040001, 4050001, 4060005, 4070005)
}

/** Recovery and verification ask for the address that was typed on the page before. */
function asksForAddress(flow: Flow): boolean {
  return flow.ui.nodes.some((node) => isField(node) && node.attributes.name === 'email')
}

function groupsOf(plan: FormPlan): string[] {
  return plan.blocks.map((block) => block.group)
}

/** The containers that existing test suites look for (docs/decisions/0006). A form of both methods stands in both. */
function containersOf(type: FlowType, plan: FormPlan): string[] {
  if (type !== 'login' && type !== 'registration') return []
  const groups = groupsOf(plan)
  return [
    ...(groups.includes('code') ? [`${type}-flow-code`] : []),
    ...(groups.includes('webauthn') ? ['passwordless-flow'] : []),
  ]
}

function Containers({ names: [name, ...inner], children }: { names: string[]; children: ReactNode }) {
  return <div data-testid={name}>{inner.length > 0 ? <Containers names={inner}>{children}</Containers> : children}</div>
}
