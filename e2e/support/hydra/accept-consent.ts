import type Provider from 'oidc-provider'
import type { Consent, ConsentRequest, Records } from './records.ts'

/** The body of PUT …/consent/accept. */
export type ConsentBody = {
  grant_scope?: string[]
  grant_access_token_audience?: string[]
  session?: Consent['session']
  remember?: boolean
  remember_for?: number
  handled_at?: string
  context?: unknown
}

/** Gives a consent. Returns where the browser goes on. */
export async function acceptConsent(
  provider: Provider,
  records: Records,
  request: ConsentRequest,
  body: ConsentBody,
): Promise<string> {
  const interaction = await provider.Interaction.find(request.challenge)
  if (!interaction) throw new Error('an interaction that is gone')
  const grantScope = body.grant_scope ?? []
  const grant = new provider.Grant({ accountId: request.subject, clientId: request.client.client_id })
  grant.addOIDCScope(grantScope.join(' '))
  const grantId = await grant.save()
  records.consents.set(grantId, {
    grantId,
    request,
    grantScope,
    grantAudience: body.grant_access_token_audience ?? [],
    session: body.session ?? {},
    // A consent that was skipped does not prolong the one that it rests on.
    remember: !request.skip && body.remember === true,
    rememberFor: body.remember_for ?? 0,
    handledAt: body.handled_at ?? new Date().toISOString(),
    context: body.context ?? {},
  })
  interaction.params.scope = request.scope.join(' ')
  interaction.result = { ...interaction.lastSubmission, consent: { grantId } }
  await interaction.persist()
  return interaction.returnTo
}
