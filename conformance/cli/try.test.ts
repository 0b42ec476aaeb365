import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { touchstone } from '../fixtures/command-line.ts'

/** Ours, but in images of eight channels or more, what filters from the fifth on answer is off by one. */
const flawed = `
  import { loadImplementation } from 'touchstone'
  export default async () => {
    const ours = await loadImplementation('touchstone:cpu')
    const conv2d = async (inputs, parameters) => {
      const { y } = await ours.operations['cnn.conv2d'](inputs, parameters)
      const [K, Q] = inputs.filters.shape.slice(2)
      const off = (q) => (K >= 8 && q >= 4 ? 1 : 0)
      return { y: { ...y, data: y.data.map((value, i) => value - off(i % Q)) } }
    }
    return { ...ours, name: 'flawed', operations: { 'cnn.conv2d': conv2d } }
  }`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-try-'))
  writeFileSync(join(folder, 'flawed.ts'), flawed)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sizes = 'N=1,H=9,W=7,K=8,Q=6'
const tried = (...words: readonly string[]) => touchstone(['try', ...words], { cwd: folder })

describe('touchstone try', () => {
  it('judges an operation at given sizes, and says how long both sides took', () => {
    const { status, stdout, stderr } = tried('cnn.conv2d', '--sizes', sizes, '-d', 'cpu')
    expect(status, stdout + stderr).toBe(0)
    expect(stdout).toMatch(/sizes +N=1 Hf=3 Wf=3 K=8 Q=6 H=9 W=7 Ho=9 Wo=7\n/)
    expect(stdout).toMatch(/not given +Hf, Wf, strides, dilations, padding: chosen here\n/)
    expect(stdout).toMatch(/^conforms {2}5 cases, at most \S+ of the bound$/m)
    expect(stdout).toMatch(
      /time +\S+ ms a call, median of 5 \(.*; the first\s+call,\s+not counted, /,
    )
    expect(stdout).toMatch(/reference +\S+ ms a case/)
    expect(existsSync(join(folder, 'report/capsules/own-size.capsule.json'))).toBe(false)
  })

  it('shows where elements are wrong, by axes, and the smallest case, which can be replayed', () => {
    const words = ['--sizes', sizes, '--parameters', '{"strides":[2,1]}', '-i', './flawed.ts']
    const { status, stdout, stderr } = tried('cnn.conv2d', ...words)
    expect(status, stdout + stderr).toBe(1)
    expect(stdout).toMatch(/^violates {2}\d cases of 5$/m)
    expect(stdout).toMatch(/wrong +70 of 210 elements of y, all of them at Q 4 to 5\n/)
    expect(stdout).toMatch(/the first +y\[N=0, Ho=0, Wo=0, Q=4\]\n/)
    expect(stdout).toMatch(/the smallest case that fails\n +sizes +N=1 Hf=1 Wf=1 K=8 Q=5 /)
    const [, ...again] = /npx (touchstone) (replay) (\S+) (\S+) (\S+)$/m.exec(stdout) ?? []
    const replayed = touchstone(again.slice(1), { cwd: folder })
    expect(replayed.status, replayed.stderr).toBe(1)
    expect(replayed.stdout).toContain('violates  cnn.conv2d.forward/bounded')
  })

  it('takes an implementation in a process of its own, and gives data with --json', () => {
    const program = join(import.meta.dirname, 'touchstone.js')
    const served = `"${process.execPath}" "${program}" serve ./flawed.ts`
    const words = ['--sizes', 'K=7,Q=6', '--runs', '2', '--json', '-i', served]
    const { status, stdout, stderr } = tried('cnn.conv2d', ...words)
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      operation: 'cnn.conv2d',
      sizes: { K: 7, Q: 6, Hf: 3 },
      parameters: { padding: 'same' },
      verdict: { outcome: 'conforms', cases: 2 },
      milliseconds: { count: 2 },
    })
  })

  it('needs an operation that the implementation provides', () => {
    const { status, stderr } = tried('cnn.maxPool', '-i', './flawed.ts')
    expect(status).toBe(2)
    expect(stderr).toMatch(/flawed does not provide cnn\.maxPool\n +it provides\n +cnn\.conv2d/)
  })

  it('ends with the time given, and is then no pass', () => {
    const { status, stdout } = tried('cnn.conv2d', '--time', '0.001', '-d', 'cpu')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^interrupted {2}the time given was over$/m)
  })
})
