import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ENV_NAMES, parseEnv } from '#lib/env.ts'
import { ROOT } from '../tools/paths.ts'
import { findPythonTools } from '../tools/python/find-python-tools.ts'

// What nobody runs here (Docker, Compose, Kubernetes) is at least held against its schema, and against what the UI reads.

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const KUBERNETES = read('deploy/kubernetes.yaml')
const COMPOSE = read('compose.yaml')
const VALIDATE_KUBERNETES = `
import sys, yaml, kubernetes_validate
for one in yaml.safe_load_all(sys.stdin):
    kubernetes_validate.validate(one, sys.argv[1], strict=True)
`
const VALIDATE_COMPOSE = 'import sys, compose_spec; compose_spec.PyCompose.from_yaml(sys.stdin.read()).validate()'
const TO_JSON = 'import sys, json, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)'

let tools: string
beforeAll(async () => {
  tools = await findPythonTools()
}, 600_000)

/** Runs a tool; gives all it printed, and rejects with that when it fails. */
function tool(name: string, args: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(join(tools, name), args, { maxBuffer: 1e7 }, (error, out, errors) => {
      if (error) reject(new Error(out + errors))
      else resolve(out)
    })
    child.stdin?.end(input)
  })
}
const python = (code: string, input: string, ...args: string[]) => tool('python', ['-c', code, ...args], input)
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, whose schema has been checked
const parse = async (yaml: string) => JSON.parse(await python(TO_JSON, yaml)) as any[]

const TIMEOUT = 120_000

describe('Dockerfile', () => {
  test('has nothing that hadolint minds', { timeout: TIMEOUT }, async () => {
    expect(await tool('hadolint', [join(ROOT, 'Dockerfile')])).toBe('')
  })

  test('hadolint minds what is to be minded', { timeout: TIMEOUT }, async () => {
    await expect(tool('hadolint', ['-'], 'FROM node\nRUN cd /x\n')).rejects.toThrow('DL3006')
  })

  test('runs as a number, by the Node of package.json, and needs no shell', () => {
    const [build = '', run = ''] = read('Dockerfile')
      .split(/^FROM /m)
      .slice(1)
    const { devDependencies, scripts } = JSON.parse(read('package.json'))
    const { node } = devDependencies
    for (const stage of [build, run]) expect(stage).toMatch(new RegExp(`^node:${node}-\\w+-slim\\b`))
    expect(run).toMatch(/^USER 10000:10000$/m)
    expect(run).not.toMatch(/^RUN\b/m)
    const commands = (run.match(/(?:CMD|ENTRYPOINT) .*/g) ?? []).map((command) =>
      JSON.parse(command.replace(/^\w+ /, '')),
    )
    // With the options of `npm start`.
    const start = scripts.start.replace('.next/standalone/', '').split(' ')
    expect(commands).toEqual([['node', 'health-check.ts'], start])
  })

  test('every file that the build reads gets into it, and no secret', () => {
    const lines = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
    expect(lines[0]).toBe('*')
    expect(lines.at(-1)).toBe('**/node_modules')
    expect(lines).toContain('**/.env*')
    for (const line of lines.filter((one) => one.startsWith('!') && one !== '!public')) {
      expect(globSync(line.slice(1), { cwd: ROOT }), line).not.toEqual([])
    }
  })
})

describe('kubernetes.yaml', () => {
  test.each(['1.31', '1.34', '1.37'])('fits the schemas of %s', { timeout: TIMEOUT }, async (version) => {
    await python(VALIDATE_KUBERNETES, KUBERNETES, version)
  })

  test('would not with a misspelt field', { timeout: TIMEOUT }, async () => {
    const misspelt = KUBERNETES.replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem')
    await expect(python(VALIDATE_KUBERNETES, misspelt, '1.34')).rejects.toThrow('readOnlyRootFileSystem')
  })

  test('has an environment that the UI takes, and no secret in it', { timeout: TIMEOUT }, async () => {
    const [deployment] = await parse(KUBERNETES)
    const [container] = deployment.spec.template.spec.containers
    const environment: Record<string, string> = {}
    for (const { name, value, valueFrom } of container.env) {
      expect(ENV_NAMES).toContain(name)
      if (/SECRET|TOKEN/.test(name)) expect(valueFrom.secretKeyRef).toBeDefined()
      environment[name] = value ?? 'x'.repeat(32)
    }
    expect(parseEnv(environment)).toMatchObject({
      PORT: container.ports[0].containerPort,
      sameOrigin: true,
      warnings: [],
    })
  })

  test('selects its own pods, and probes what is there', { timeout: TIMEOUT }, async () => {
    const [deployment, service, budget] = await parse(KUBERNETES)
    const { labels } = deployment.spec.template.metadata
    for (const selector of [
      deployment.spec.selector.matchLabels,
      service.spec.selector,
      budget.spec.selector.matchLabels,
    ]) {
      expect(selector).toEqual(labels)
    }
    const [container] = deployment.spec.template.spec.containers
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      expect(existsSync(join(ROOT, 'app', container[probe].httpGet.path, 'route.ts'))).toBe(true)
    }
  })
})

describe("Ory's chart", () => {
  test('gets another image, and nothing else', { timeout: TIMEOUT }, async () => {
    const [values] = await parse(read('deploy/ory-chart-values.yaml'))
    expect(values).toEqual({ image: { repository: expect.any(String), tag: expect.any(String) } })
  })

  test('sets an environment that the UI takes', () => {
    // What the chart's deployment sets without any values of one's own, and the secret that every Express UI needs.
    const environment = {
      KRATOS_PUBLIC_URL: 'http://kratos-public',
      KRATOS_BROWSER_URL: 'http://kratos-browserui',
      KRATOS_ADMIN_URL: 'http://kratos-admin',
      PROJECT_NAME: 'SecureApp',
      BASE_URL: '',
      JWKS_URL: 'http://oathkeeper-api',
      SECURITY_MODE: '',
      COOKIE_SECRET: 'x'.repeat(32),
    }
    expect(parseEnv(environment)).toMatchObject({ PORT: 3000, KRATOS_BROWSER_URL: 'http://kratos-browserui' })
  })
})

describe("GitHub's files", () => {
  test.each([
    ['github-workflows', 'workflows/ci.yml'],
    ['dependabot', 'dependabot.yml'],
  ])('%s: %s fits the schema', { timeout: TIMEOUT }, async (schema, file) => {
    const check = ['-m', 'check_jsonschema', '--builtin-schema', `vendor.${schema}`, join(ROOT, '.github', file)]
    expect(await tool('python', check)).toContain('ok')
  })

  test('the workflow runs what .ci/run does, with no rights beyond reading', { timeout: TIMEOUT }, async () => {
    const [{ permissions, jobs }] = await parse(read('.github/workflows/ci.yml'))
    expect(permissions).toEqual({ contents: 'read' })
    expect(jobs.test.steps.map(({ run }: { run?: string }) => run)).toContain('.ci/run')
  })
})

describe('compose.yaml', () => {
  type Service = {
    image?: string
    environment?: Record<string, string>
    depends_on?: string[] | Record<string, unknown>
    ports?: string[]
    profiles?: string[]
    volumes?: string[]
  }
  const services = async () => (await parse(COMPOSE))[0].services as Record<string, Service>

  test('fits the specification', { timeout: TIMEOUT }, async () => {
    await python(VALIDATE_COMPOSE, COMPOSE)
  })

  test('would not with a misspelt field', { timeout: TIMEOUT }, async () => {
    await expect(python(VALIDATE_COMPOSE, COMPOSE.replace('read_only', 'readonly'))).rejects.toThrow('readonly')
  })

  test('names versions, services and files that are there, and opens ports on this machine only', {
    timeout: TIMEOUT,
  }, async () => {
    const all = await services()
    for (const { image, depends_on = [], ports = [], volumes = [] } of Object.values(all)) {
      if (image) expect(image).toMatch(/:v?\d+\.\d/)
      for (const name of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on))
        expect(all).toHaveProperty(name)
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
      for (const [, file = ''] of volumes.map((one) => /^\.\/(.*?):/.exec(one) ?? [])) {
        expect(existsSync(join(ROOT, file)), file).toBe(true)
      }
    }
    expect(Object.keys(all).filter((name) => all[name]?.profiles)).toEqual(['hydra', 'hydra-migrate'])
  })

  test('has an environment that the UI takes', { timeout: TIMEOUT }, async () => {
    const { ui } = await services()
    const environment = Object.fromEntries(
      Object.entries(ui?.environment ?? {}).map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]),
    )
    for (const name of Object.keys(environment)) expect(ENV_NAMES).toContain(name)
    expect(parseEnv(environment)).toMatchObject({ sameOrigin: true, hydraAdminUrl: undefined, warnings: [] })
  })
})
