import type { UiNode, UiText } from '@ory/client'
import type { Flow } from '../../lib/kratos/flows.ts'
import type { Fixture } from './fixtures.ts'

// What a page has to bear, made from recorded flows: many ways to sign in, long names, long words. No Kratos ever sent them.

const WELL_KNOWN = ['Amazon', 'Apple', 'Auth0', 'Bitbucket', 'Discord', 'Dropbox', 'Facebook', 'GitHub']
const MORE = ['GitLab', 'Google', 'LINE', 'LinkedIn', 'Microsoft', 'Okta', 'Patreon', 'PayPal', 'Reddit']
const REST = ['Salesforce', 'Slack', 'Spotify', 'Steam', 'Twitch', 'VK', 'X', 'Yahoo', 'Yandex', 'Acme', 'Zoom']
const LAST = ['Katholische Universität Eichstätt-Ingolstadt, Zentrum für Informationstechnik', 'Kakao']

/** Thirty names of social providers, one of them long. */
const THIRTY = [...WELL_KNOWN, ...MORE, ...REST, ...LAST]

/** Words as German makes them. */
const LONG_WORD = 'Rechtsschutzversicherungsgesellschaftenmitgliedsnummer'
const LONG_ADDRESS = 'maximiliane.freifrau-von-und-zu-der-hohenlohe@donaudampfschifffahrtsgesellschaft.example.org'

/**
 * The flows that try how much a page can bear, by the names that they have in the gallery and in tests.
 *
 * @param read gives a recorded flow by its name
 */
export function extremeFlows(read: (name: string) => Fixture): Fixture[] {
  const saml = nodesOf(read('newer/login-saml'), 'saml')
  const key = nodesOf(read('login-webauthn'), 'webauthn')
  const device = nodesOf(read('newer/login-device-key'), 'deviceauthn')
  return [
    change(read('login'), 'made/login-thirty-providers', ({ ui: { nodes } }) => [
      ...THIRTY.map(provider),
      ...nodes.filter((node) => node.group !== 'oidc'),
    ]),
    change(read('login'), 'made/login-ten-methods', ({ ui: { nodes } }) => [
      ...THIRTY.slice(7, 12).map(provider),
      ...saml,
      ...nodes.filter((node) => node.group !== 'oidc'),
      ...key,
      ...device,
    ]),
    change(read('login-identifier-first-credentials'), 'made/login-long-address', ({ ui: { nodes } }) =>
      nodes.map((node) => valued(node, 'identifier', LONG_ADDRESS)),
    ),
    change(read('registration-traits-errors'), 'made/registration-long-words', ({ ui: { nodes } }) =>
      nodes.map(longWords),
    ),
    change(read('settings-oidc-linked'), 'made/settings-long-names', ({ ui: { nodes } }) =>
      nodes.map((node) => (node.group === 'oidc' ? longWords(node) : valued(node, 'traits.email', LONG_ADDRESS))),
    ),
  ]
}

function change(fixture: Fixture, name: string, nodes: (flow: Flow) => UiNode[]): Fixture {
  const { type, flow } = fixture
  return { name, type, flow: { ...flow, ui: { ...flow.ui, nodes: nodes(flow) } } as Flow }
}

function nodesOf({ flow }: Fixture, group: string): UiNode[] {
  return flow.ui.nodes.filter((node) => node.group === group)
}

function provider(name: string): UiNode {
  const id = name.toLowerCase().replace(/\W+/g, '-')
  const context = { provider: name, provider_id: id }
  return {
    type: 'input',
    group: 'oidc',
    attributes: { name: 'provider', type: 'submit', value: id, disabled: false, node_type: 'input' },
    messages: [],
    meta: { label: { id: 1010002, text: `Sign in with ${name}`, type: 'info', context } },
  }
}

function valued(node: UiNode, name: string, value: string): UiNode {
  if (node.attributes.node_type !== 'input' || node.attributes.name !== name) return node
  return { ...node, attributes: { ...node.attributes, value } }
}

/** The same node with a label and messages that no line can hold. Ids that nobody knows: the texts are shown as they are. */
function longWords(node: UiNode): UiNode {
  const long = (text: UiText): UiText => ({ ...text, id: 9999999, text: `${text.text} ${LONG_WORD}` })
  const { label } = node.meta
  return { ...node, messages: node.messages.map(long), meta: label ? { label: long(label) } : {} }
}
