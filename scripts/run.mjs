// Runs a TypeScript file on the Node that package.json names: node scripts/run.mjs scripts/demo.ts [arguments].
// Plain JavaScript for Node 20 and newer, without dependencies: it is what installs them.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

const [script, ...args] = process.argv.slice(2)
if (!script) fail('usage: node scripts/run.mjs <script.ts> [arguments]')
install()
run(findNode(), [script, ...args])

function install() {
  const stamp = join(modules, '.install-stamp')
  const hash = createHash('sha256')
  for (const name of ['package-lock.json', 'package.json']) hash.update(readFileSync(join(root, name)))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!isInstalled()) {
    console.log('Installing dependencies (npm ci)')
    if (npm('ci', ...QUIET) !== 0) {
      // A lock without the packages of some other platform: npm refuses it, though this one needs none of them.
      console.log('npm ci failed: trying npm install, which leaves package-lock.json as it is')
      if (npm('install', '--no-save', ...QUIET) !== 0) fail('the dependencies could not be installed')
    }
  }
  writeFileSync(stamp, wanted)
}

// An install made by hand counts: npm writes down what it has installed.
function isInstalled() {
  const installed = readPackages(join(modules, '.package-lock.json'))
  const wanted = readPackages(join(root, 'package-lock.json'))
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

// The `node` package puts its binary in place by an install script, which some npm set-ups do not run.
function findNode() {
  if (!existsSync(ownNode)) npm('rebuild', 'node')
  if (existsSync(ownNode)) return ownNode
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return fail(`the package "node" has no binary for this machine, and Node ${process.version} cannot run TypeScript`)
}

function npm(...npmArgs) {
  const cli = process.env.npm_execpath
  const [command, ...first] = cli?.endsWith('.js') ? [process.execPath, cli] : ['npm']
  const { status, error } = spawnSync(command, [...first, ...npmArgs], { cwd: root, stdio: 'inherit' })
  if (error) fail(`npm: ${error.message}`)
  return status
}

function run(command, commandArgs) {
  const PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // The shell between npm and this process ends at a SIGTERM without passing it on.
  const parent = process.ppid
  const orphaned = () => process.env.npm_lifecycle_event && process.ppid !== parent
  setInterval(() => orphaned() && child.kill('SIGTERM'), 500).unref()
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}

function fail(message) {
  console.error(`run: ${message}`)
  process.exit(1)
}
