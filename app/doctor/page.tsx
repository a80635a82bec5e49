import { headers } from 'next/headers'
import { Card } from '#components/layout/card.tsx'
import { gatherFacts } from '#lib/doctor/facts.ts'
import { findingsOf } from '#lib/doctor/findings.ts'
import { env } from '#lib/env.ts'
import { NotHere } from '../not-here.tsx'

/** What is wrong with the set-up, for operators, and so in English only; 404 without DOCTOR=true. */
export default async function DoctorPage() {
  if (!env().DOCTOR) return <NotHere />
  const [facts, list] = [await gatherFacts(env()), await headers()]
  const host = list.get('x-forwarded-host') ?? list.get('host')
  const openedAt = URL.parse(`${list.get('x-forwarded-proto') ?? 'http'}://${host}`)?.origin
  return (
    <Card title="Doctor">
      <ul className="findings" lang="en" dir="ltr">
        {findingsOf({ ...facts, openedAt }).map(([about, level, text, set]) => (
          <li key={about} data-level={level}>
            <strong>{level}</strong> {about}: {text}
            {set && (
              <>
                . Set <code>{set}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
