import { FlowRoute } from '../flow-route.tsx'

export default function RecoveryPage({ searchParams }: PageProps<'/recovery'>) {
  return <FlowRoute type="recovery" searchParams={searchParams} />
}
