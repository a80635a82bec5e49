import { FlowRoute } from '../flow-route.tsx'

export default function SettingsPage({ searchParams }: PageProps<'/settings'>) {
  return <FlowRoute type="settings" searchParams={searchParams} />
}
