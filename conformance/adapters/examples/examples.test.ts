import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { clauseById } from '../../../spec/index.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { checkClause } from '../../suite/clauses.ts'
import { pythonWith } from '../libraries/python.ts'
import { closeOpened, toBeClosed } from '../opened.ts'
import { launch } from '../process/launch.ts'
import { pythonEnvironment, pythonWithNumpy } from '../python/find.ts'

const local = (name: string) => fileURLToPath(new URL(name, import.meta.url))

async function open(python: string, ...words: readonly string[]): Promise<Implementation> {
  const helper = `PYTHONPATH=${pythonEnvironment().PYTHONPATH}`
  return toBeClosed(await launch(['env', helper, python, '-B', ...words]))
}

/** The outcomes of the properties of a clause that ask the implementation, by their ids. */
async function outcomes(clause: string, implementation: Implementation) {
  const options = { runs: 25, seed: 2, deadline: null, kept: {}, killing: false }
  const { properties } = await checkClause(clauseById(clause)!, implementation, options)
  return Object.fromEntries(
    properties
      .filter(({ verdict }) => verdict.outcome !== 'unsupported')
      .map(({ id, verdict }) => [id, verdict.outcome === 'conforms' ? 'conforms' : verdict]),
  )
}

async function expectConforms(
  clause: string,
  implementation: Implementation,
  isMeant: (property: string) => boolean = () => true,
) {
  const all = Object.entries(await outcomes(clause, implementation))
  const found = Object.fromEntries(all.filter(([id]) => isMeant(id)))
  expect(Object.keys(found)).not.toEqual([])
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((id) => [id, 'conforms'])))
}

afterAll(closeOpened)

const python = pythonWithNumpy()
const has = (modules: string) =>
  python !== null &&
  spawnSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0

const clauses = ['cnn.conv2d.forward', 'cnn.pool.max', 'cnn.pool.avg', 'cnn.lrn.across-channel']
// Libraries take more than the specification allows, such as single images or a padding as wide as a window.
const isMeant = (property: string) => !/rejected|outside/.test(property)
const linesOf = (file: string) => readFileSync(local(file), 'utf8').trimEnd().split('\n').length

describe('PyTorch, plugged in for convolution, pooling and normalization', () => {
  it('takes 25 lines at most', () => {
    expect(linesOf('pytorch.py')).toBeLessThanOrEqual(25)
  })

  const python = pythonWith('torch')
  const needed = python === null ? ' (skipped: PyTorch is not installed)' : ''
  describe.skipIf(python === null)(`as it is${needed}`, () => {
    it.each(clauses)('conforms to %s', async (clause) => {
      const implementation = await open(python!, local('pytorch.py'))
      await expectConforms(clause, implementation, isMeant)
      await implementation.close?.()
    })

    // Its normalization is not implemented in half precision.
    it.each(clauses.slice(0, 3))('conforms to %s in bfloat16', async (clause) => {
      const implementation = await open(python!, local('pytorch.py'), 'bfloat16')
      expect(implementation.precision).toBe('bfloat16')
      await expectConforms(clause, implementation, isMeant)
      await implementation.close?.()
    })
  })
})

describe('ONNX Runtime, plugged in for convolution, pooling and normalization', () => {
  it('takes 25 lines at most', () => {
    expect(linesOf('onnx_runtime.py')).toBeLessThanOrEqual(25)
  })

  const isThere = has('onnx, onnxruntime')
  const needed = isThere ? '' : ' (skipped: onnx and onnxruntime are not installed for Python)'
  it.skipIf(!isThere).each(clauses)(`conforms to %s${needed}`, async (clause) => {
    const implementation = await open(python!, local('onnx_runtime.py'))
    expect(implementation.name).toBe('onnxruntime')
    // NaN in a maximum, a running sum of squares that cancels, and what it takes beyond the specification
    // are findings in the library.
    const agrees = clause.startsWith('cnn.lrn') ? /\/exact$/ : /\/(exact|bounded)$/
    await expectConforms(clause, implementation, (property) => agrees.test(property))
    await implementation.close?.()
  })
})

const formats = ['float16', 'bfloat16'] as const
describe.each(formats)('NumPy in half precision: %s', (precision) => {
  const module = precision === 'float16' ? 'numpy' : 'ml_dtypes'
  const isThere = has(module)
  const title = isThere ? '' : ` (skipped: ${module} is not installed)`

  it.skipIf(!isThere).each(['cnn.conv2d.forward', 'cnn.pool.max', 'cnn.pad.zero'])(
    `conforms to %s${title}`,
    async (clause) => {
      const implementation = await open(python!, local('half.py'), precision)
      expect(implementation.precision).toBe(precision)
      await expectConforms(clause, implementation)
      await implementation.close?.()
    },
  )
})
