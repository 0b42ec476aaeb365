import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pythonWithNumpy } from '../../conformance/adapters/python/find.ts'
import { root } from '../../conformance/base/root.ts'
import manifest from '../../package.json' with { type: 'json' }
import { called, type Manager, type Stranger, strangerWith } from './stranger.ts'

const { devDependencies, version } = manifest
const minutes = 60_000

/** Whether there are packages to install; a checkout may be tested without a network. */
const registry = called(['npm', 'view', `vitest@${devDependencies.vitest}`, 'name'], tmpdir())
const packages = mkdtempSync(join(tmpdir(), 'touchstone-packed-'))
let archive: string

beforeAll(() => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const project = join(root, 'scripts/tsconfig.declarations.json')
  const declared = called([process.execPath, compiler, '-p', project], root)
  expect(declared.status, declared.said).toBe(0)
  // Without the script that builds: other tests use what has been built, and it is fresh.
  const words = ['npm', 'pack', '--ignore-scripts', '--pack-destination', packages]
  const packed = called(words, root)
  expect(packed.status, packed.said).toBe(0)
  archive = join(packages, readdirSync(packages)[0]!)
}, 5 * minutes)
afterAll(() => rmSync(packages, { recursive: true, force: true }))

describe('the archive of the package', () => {
  it('has exports that bundlers and Node find, with their types', async () => {
    const { messages } = await publint({ pack: { tarball: bytes(archive) }, level: 'warning' })
    expect(messages).toEqual([])
  })

  it('has types that are right for every way to import it; it offers itself to import only', async () => {
    const { problems } = (await checkPackage(
      createPackageFromTarballData(new Uint8Array(bytes(archive))),
      { entrypoints: ['.', './vitest'] },
    )) as { problems: readonly { kind: string; resolutionKind?: string }[] }
    const older = ['node10', 'node16-cjs']
    expect(problems.filter(({ resolutionKind = '' }) => !older.includes(resolutionKind))).toEqual(
      [],
    )
  })
})

/** Someone's own module, which begins with what `init` wrote. */
const mine = `
import { defineImplementation, type Implementation, type Tensor, tensor } from 'touchstone'
import begun from './typed/implementation.ts'
const elements = ({ shape }: Tensor): number => shape.slice(1).reduce((a, b) => a * b, 1)
const more = defineImplementation({
  name: 'mine',
  operations: { 'cnn.flatten': ({ x }) => ({ y: tensor([x.shape[0]!, elements(x)], x.data) }) },
})
const both: Implementation = { ...more, operations: { ...begun.operations, ...more.operations } }
export default both
`
const suite = `
import { conformance } from 'touchstone/vitest'
import mine from './mine.ts'
conformance(mine, { clauses: ['cnn.conv2d.forward'], runs: 40 })
`
const few = ['-c', 'cnn.conv2d.forward', '-n', '40']

for (const manager of ['npm', 'pnpm'] as const) {
  const absent =
    called([manager, '--version'], tmpdir()).status === 0
      ? registry.status === 0
        ? ''
        : ' (skipped: npm reaches no registry)'
      : ` (skipped: there is no ${manager})`
  describe.skipIf(absent !== '')(`installed with ${manager}${absent}`, () =>
    whereInstalled(manager),
  )
}

function whereInstalled(manager: Manager) {
  let there: Stranger
  const succeeds = (...words: readonly string[]) => {
    const { status, said } = there.touchstone(...words)
    expect(status, said).toBe(0)
    return said
  }
  beforeAll(() => {
    const beside = ['vitest', '@types/node'] as const
    const versions = beside.map((name) => `${name}@${devDependencies[name]}`)
    there = strangerWith(manager, archive, versions)
    expect(there.installed.status, there.installed.said).toBe(0)
    succeeds('init', 'typescript', 'typed')
    there.write('mine.ts', mine)
    there.write('mine.test.ts', suite)
  }, 5 * minutes)
  afterAll(() => there?.leave(), minutes)

  const inPackage = (file: string) => join(there.folder, 'node_modules/touchstone', file)

  it('it says which version it is, and has nothing to build itself with', () => {
    expect(succeeds('--version').trim()).toBe(version)
    for (const file of ['tsconfig.json', 'scripts', 'conformance/fixtures']) {
      expect(existsSync(inPackage(file)), file).toBe(false)
    }
  })

  it('our implementation is checked, and the report shows its code', () => {
    expect(succeeds('run', '--device', 'wasm', ...few)).toContain('1 of 1 conform')
    const page = readFileSync(join(there.folder, 'report/clauses/cnn.conv2d.forward.html'), 'utf8')
    expect(page).toContain('impl/cnn/conv2d.ts')
    expect(succeeds('show', 'cnn.conv2d.forward')).toMatch(
      /reference +reference\/cnn\/conv2d\.ts:\d/,
    )
    const cited = succeeds('cite', 'cnn.conv2d.forward')
    expect(cited).toMatch(/reference +reference\/cnn\/conv2d\.ts:\d/)
    expect(cited).toContain(`Touchstone ${version}\n`)
  })

  it('what init writes in TypeScript is checked, a module around it, and ours by name', () => {
    const implementations = ['-i', './typed/implementation.ts', '-i', './mine.ts']
    const said = succeeds('run', ...implementations, '-i', 'touchstone:cpu', ...few)
    for (const name of ['implementation', 'mine', 'touchstone']) {
      expect(said).toMatch(new RegExp(`1 of 1 {2}${name}`))
    }
  })

  const python = pythonWithNumpy()
  it.skipIf(python === null)(
    `what init writes in Python conforms${python ? '' : ' (skipped: no Python with NumPy)'}`,
    () => {
      succeeds('init', 'python', 'snake')
      const said = succeeds('run', '-i', `${python} snake/implementation.py`, ...few)
      expect(said).toContain('1 of 1 conform')
    },
  )

  it('what init writes in Rust is the skeleton, which a test of its own builds', () => {
    succeeds('init', 'rust', 'crab')
    const skeleton = join(root, 'conformance/adapters/skeletons/rust')
    for (const file of ['Cargo.toml', 'Cargo.lock', 'src/main.rs', 'src/protocol.rs']) {
      const written = readFileSync(join(there.folder, 'crab', file), 'utf8')
      expect(written).toBe(readFileSync(join(skeleton, file), 'utf8'))
    }
  })

  it('it is a suite of Vitest', () => {
    const { status, said } = there.run('vitest', 'run')
    expect(status, said).toBe(0)
    expect(said).toMatch(/Tests +1 passed/)
  })

  it.each(['node16', 'bundler'])('its types serve where modules resolve as %s', (resolution) => {
    const options = {
      target: 'ES2022',
      module: resolution === 'bundler' ? 'ESNext' : 'Node16',
      moduleResolution: resolution,
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      // Those of Vitest itself ask for more than its users have.
      skipLibCheck: true,
    }
    const files = ['mine.ts', 'mine.test.ts']
    there.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { status, said } = called([process.execPath, compiler, '-p', there.folder], there.folder)
    expect(status, said).toBe(0)
  })
}

function bytes(file: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(file)
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}
