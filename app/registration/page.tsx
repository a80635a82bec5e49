import { FlowRoute } from '../flow-route.tsx'

export default function RegistrationPage({ searchParams }: PageProps<'/registration'>) {
  return <FlowRoute type="registration" searchParams={searchParams} />
}
