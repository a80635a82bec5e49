import { createGallery } from '../e2e/gallery.ts'
import { createStub } from '../e2e/stub-kratos.ts'
import { main } from '../tools/main.ts'
import { ROOT } from '../tools/paths.ts'
import { assertPortFree } from '../tools/port.ts'
import { run } from '../tools/process.ts'

// npm run dev:stub: the UI with hot reload on recorded flows, without a Kratos, and a gallery of every state that it knows.

const PORT = Number(process.env.PORT || 3000)
const STUB_PORT = 4583
const GALLERY_PORT = 4584
const uiUrl = `http://localhost:${PORT}`

main(async () => {
  for (const port of [PORT, STUB_PORT, GALLERY_PORT]) await assertPortFree(port)
  const servers = [
    [createStub(uiUrl), STUB_PORT],
    [createGallery(uiUrl), GALLERY_PORT],
  ] as const
  for (const [server, port] of servers) {
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  }
  console.log(`All states: http://localhost:${GALLERY_PORT}/`)
  const env = {
    PORT: String(PORT),
    HOST: '127.0.0.1',
    PUBLIC_URL: uiUrl,
    KRATOS_PUBLIC_URL: `http://127.0.0.1:${STUB_PORT}`,
    KRATOS_BROWSER_URL: '/',
    DOCTOR: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  return run({ name: 'UI', command: process.execPath, args: ['tools/ui/dev-server.ts'], cwd: ROOT, env })
})
