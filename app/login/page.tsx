import { FlowRoute } from '../flow-route.tsx'

export default function LoginPage({ searchParams }: PageProps<'/login'>) {
  return <FlowRoute type="login" searchParams={searchParams} />
}
