import { Links } from '#components/layout/links.tsx'
import type { Words } from '#lib/i18n/index.ts'
import type { FlowLinks as Places } from '#lib/kratos/links.ts'

/** The ways from a flow to the other flows. */
export function FlowLinks({ links, words }: { links: Places; words: Words }) {
  const { startOver, recovery, registration, login, sessions, applications, logout } = links
  return (
    <Links
      words={words}
      links={[
        { href: startOver, label: 'link.start-over', testId: 'start-over-link' },
        { href: recovery, label: 'link.recovery', testId: 'forgot-password-link' },
        {
          href: registration,
          label: 'link.registration',
          question: 'link.registration.question',
          testId: 'signup-link',
        },
        { href: login, label: 'link.login', question: 'link.login.question', testId: 'cta-link' },
        { href: sessions, label: 'link.sessions' },
        { href: applications, label: 'link.applications' },
        { href: logout, label: 'link.logout', testId: 'logout-link' },
      ]}
    />
  )
}
