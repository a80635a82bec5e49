import { FlowRoute } from '../flow-route.tsx'

export default function VerificationPage({ searchParams }: PageProps<'/verification'>) {
  return <FlowRoute type="verification" searchParams={searchParams} />
}
