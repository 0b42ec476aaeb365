import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { userFolder } from '../fixtures/user-folder.ts'

const { touchstone } = userFolder()

/** What `doctor --json` prints. */
interface Diagnoses {
  readonly devices: readonly { readonly device: string; readonly usable: boolean }[]
  readonly libraries: readonly {
    readonly name: string
    readonly version: string | null
    readonly remedy: string
  }[]
}

describe('touchstone list, show, doctor', () => {
  it('lists clauses', async () => {
    const { code, out } = await touchstone('list', '--clause', 'resnet.block.*')
    expect(code).toBe(0)
    expect(out).toContain('resnet.block.forward\n')
    expect(out).not.toContain('cnn.conv2d')
    const json = await touchstone('list', '--json')
    expect(JSON.parse(json.out)).toHaveLength(clauses.length)
  })

  it('shows a clause, with its places', async () => {
    const { code, out } = await touchstone('show', 'cnn.conv2d.forward')
    expect(code).toBe(0)
    expect(out).toContain('Erratum E-01')
    expect(out).toMatch(/reference +reference\/cnn\/conv2d\.ts:\d+/)
    const byFile = await touchstone('show', 'impl/cnn/conv2d.ts', '--json')
    const pages = JSON.parse(byFile.out) as readonly { id: string }[]
    expect(pages.map(({ id }) => id)).toContain('cnn.conv2d.forward')
  })

  it('says what this machine can run', async () => {
    const { code, out } = await touchstone('doctor', '--json')
    expect(code).toBe(0)
    const { devices, libraries } = JSON.parse(out) as Diagnoses
    expect(devices.map(({ device }) => device)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu'])
    expect(devices.find(({ device }) => device === 'cpu')?.usable).toBe(true)
    const names = libraries.map(({ name }) => name)
    expect(names.slice(0, 11)).toEqual([
      'tfjs:cpu, tfjs:wasm, …',
      'onnxruntime',
      'numpy',
      'pytorch',
      'jax',
      'flower',
      'scipy',
      'pytorch-fid',
      'torchmetrics',
      'nvflare',
      'openfl',
    ])
    expect(names.slice(11)).toEqual([
      'ml-matrix',
      'svd-js',
      'numeric',
      '@petamoriken/float16',
      'browser:onnxruntime:wasm, …',
    ])
    for (const { version, remedy } of libraries) {
      if (version !== null) continue
      expect(remedy).toMatch(
        /^npx touchstone setup (onnxruntime|onnxruntime-web|python)$|^npm install |^pip install /,
      )
    }
    expect(libraries[0]!.version).toMatch(/^4\./)
  })
})
