import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../tools/paths.ts'

// Every place that sends a browser somewhere, and why it cannot be led astray. A new one has to be added here, with its check:
// what somebody else names goes through lib/kratos/safe-url.ts (hostile-urls.test.ts), directly or by what is named.

/** What emits a target: redirects, headers, and the attributes that lead or load. */
const EMITS =
  /\bredirect\(([^\n]+)|\b(?:Location|href): ([^,}\n]+)|\bseeOther\(([^\n]+)|\bsayAt\(([^\n]+)|\bgoTo\(([^\n]+)|followKratos\(([^\n]+)|\b(?:href|src|action|formAction)=\{([^}]+)\}?/g

/** Targets that are ours whatever anybody says: a path in the code, with values encoded into its query. */
const OURS = [
  /^'\/(?!\/)[^']*'/,
  /^`\/(?!\/)[^`$]*(\$\{(new URLSearchParams|encodeURIComponent|page|status)\b[^`]*)?`/,
  /^\(?startUrl\(/,
  /^logoutUrl\(/,
  /^pageUrl\(/,
  /^(await )?signIn(Url)?\(/,
  /^`#\$\{fieldId\(/,
]

/** The others: file and expression, and what makes them safe. */
const CHECKED: Readonly<Record<string, string>> = {
  'app/consent/page.tsx: to': "Hydra's word: toHydraResult",
  'app/logout/oauth2-logout.tsx: way': "Hydra's word: toHydraResult",
  'app/problem.ts: here': 'the URL of the page itself: a path of ours',
  "app/problem/[status]/page.tsx: ''": 'the URL of the page itself',
  "app/sessions/page.tsx: hasHydra() ? '/applications' : undefined": 'a path of ours',
  'app/unavailable.tsx: here': 'the URL of the page itself: a path of ours',
  'components/layout/links.tsx: href': 'each of its links is in this list',
  'app/consent/answer/route.ts: answer.to)': "Hydra's word: toHydraResult takes a webUrl only",
  "app/consent/answer/route.ts: page, 'consent', said) : seeOther(page)": 'a path of ours, one line above',
  'app/consent/page.tsx: answer.to as Route)': "Hydra's word: toHydraResult",
  'app/device/answer/route.ts: result.to)': "Hydra's word: toHydraResult",
  "app/end-session/route.ts: /^\\d{1,4}$/.test(page) ? `/sessions?page=${page}` : '/sessions', 'sessions', said)":
    'digits',
  "app/error/page.tsx: result.to, startUrl('login', { aal: 'aal2' }))": 'followKratos: kratosTarget',
  "app/flow-route.tsx: result.flowId ? `/verification?flow=${encodeURIComponent(result.flowId)}` : '/verification')":
    'a path of ours',
  "app/flow-route.tsx: result.to, await signIn(type, 'aal2'))": 'followKratos: kratosTarget',
  "app/flow-route.tsx: safeHref(flow.return_to ?? '') ?? '/'": 'safeHref; Kratos checked it against its list',
  'app/known-accounts/forget/route.ts: PAGE)': 'a constant',
  "app/logout/answer/route.ts: accepted.to) : back('failed')": "Hydra's word: toHydraResult",
  'app/logout/oauth2-logout.tsx: accepted.to as Route)': "Hydra's word: toHydraResult",
  'app/logout/page.tsx: action': 'kratosTarget',
  'app/logout/page.tsx: url as Route)': 'kratosTarget',
  'app/preferences/choice/route.ts: back)': 'backTarget',
  'app/preferences/page.tsx: back': 'backTarget',
  'app/request.ts: (kratosTarget(env(), target) ?? otherwise) as Route)': 'kratosTarget',
  'app/request.ts: path as Route)': 'goTo: whatever calls it is in this list',
  'app/see-other.ts: withBase(to)': 'seeOther: whatever calls it is in this list',
  'app/see-other.ts: to)': 'sayAt: whatever calls it is in this list',
  'components/account/already-signed-in.tsx: settings': 'startUrl',
  'components/account/already-signed-in.tsx: signOut': 'logoutUrl',
  'components/consent/consent-frame.tsx: notYou': 'logoutUrl',
  'components/consent/second-factor.tsx: setUp': 'startUrl',
  'components/consent/second-factor.tsx: use': 'startUrl',
  'components/flow/account-exists.tsx: links.login': 'flowLinks: startUrl',
  'components/flow/account-exists.tsx: links.recovery': 'flowLinks: startUrl',
  'components/flow/application.tsx: logo': 'toApplication: a host that the operator lists',
  'components/flow/application.tsx: policy': 'toApplication: webUrl',
  'components/flow/application.tsx: terms': 'toApplication: webUrl',
  'components/flow/flow-form.tsx: action': 'getFlow: formAction',
  'components/flow/flow-page.tsx: flow.ui.action': 'getFlow: formAction',
  'components/flow/settings-forms.tsx: flow.ui.action': 'getFlow: formAction',
  'components/flow/flow-links.tsx: applications': 'flowLinks: a path of ours',
  'components/flow/flow-links.tsx: login': 'flowLinks: startUrl, or the request of an application by parseWebUrl',
  'components/flow/flow-links.tsx: logout': 'flowLinks: logoutUrl',
  'components/flow/flow-links.tsx: recovery': 'flowLinks: startUrl',
  'components/flow/flow-links.tsx: registration': 'flowLinks: startUrl',
  'components/flow/flow-links.tsx: sessions': 'flowLinks: a path of ours',
  'components/flow/flow-links.tsx: startOver': 'flowLinks: startUrl',
  'components/flow/flow-page.tsx: links.anotherWay': 'flowLinks: startUrl',
  'components/flow/flow-page.tsx: links.notYou': 'flowLinks: startUrl',
  'components/flow/flow-page.tsx: links.verification': 'flowLinks: startUrl',
  'components/flow/flow-problem.tsx: retry.href':
    'problemOf: startUrl; getWayOn: toHydraResult; or the URL of this page',
  'components/flow/known-accounts.tsx: choose(index)': 'a path of ours',
  'components/layout/brand-name.tsx: favicon': "the operator's file, served by app/brand",
  'components/layout/brand-name.tsx: logo.light': "the operator's file, served by app/brand",
  'components/layout/brand-name.tsx: stylesheet': "the operator's file, served by app/brand",
  'components/layout/page-footer.tsx: `${menu': 'a path of ours',
  'components/layout/page-footer.tsx: menu': 'a path of ours',
  'lib/kratos/well-formed.ts: z.string()': 'the shape of a node; components/nodes has its targets',
  'components/layout/page-footer.tsx: links[name]': "the operator's links: lib/branding/schema.ts",
  'components/nodes/anchor.tsx: target': 'safeHref',
  'components/nodes/image.tsx: source': 'safeImage',
  'proxy.ts: request, type, decision)': 'decideStart: Kratos, or a path of ours',
  "proxy.ts: target.startsWith('/') ? new URL(withBase(target), to) : new URL(target))":
    "browserStartUrl: the operator's KRATOS_BROWSER_URL",
  'proxy.ts: to)': 'the URL of this request, with another path of ours',
  "proxy.ts: to, { status: 303, headers: { 'Cache-Control': 'no-store' } })":
    'seeOther: its two calls are in this list',
}

test('each of them is known', () => {
  const files = globSync('{app,components,lib,server}/**/*.{ts,tsx}', { cwd: ROOT })
    .concat('proxy.ts')
    .filter((file) => !/\.test\.tsx?$/.test(file))
  const found = files.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(EMITS)].map((match) => {
      const [, ...groups] = match
      return { file, target: (groups.find((group) => group !== undefined) ?? '').trim() }
    }),
  )
  // Not where one of these is defined.
  const used = found.filter(({ target }) => !/^\w+: \w|^string\b/.test(target))
  const unknown = used.filter(({ target }) => !OURS.some((pattern) => pattern.test(target)))
  expect(used.length).toBeGreaterThan(80)
  const places = [...new Set(unknown.map(({ file, target }) => `${file}: ${target}`))].sort()
  expect(places).toEqual(Object.keys(CHECKED).sort())
})
