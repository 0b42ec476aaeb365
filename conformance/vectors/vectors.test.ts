import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../spec/index.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import { helperFolder, pythonWithNumpy } from '../adapters/python/find.ts'
import { root } from '../base/root.ts'
import { touchstone } from '../fixtures/command-line.ts'
import { vectorsOf } from './vectors.ts'

const python = pythonWithNumpy()

describe('test vectors', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'touchstone-vectors-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('exist for every operation, the same for the same seed', () => {
    for (const operation of operations) {
      const file = vectorsOf(operation, 2, 3)
      expect(file.cases.length, operation.id).toBe(2)
      expect(vectorsOf(operation, 2, 3)).toEqual(file)
      const { inputs, expected, bounds } = file.cases[0]!
      // No derivative is asked for by an array that is left out.
      const left: readonly string[] = Object.keys(inputs)
        .filter((name) => inputs[name]!.absent)
        .map(gradientName)
      const asked = Object.keys(operation.outputs).filter((output) => !left.includes(output))
      expect(Object.keys(expected).toSorted()).toEqual(asked.toSorted())
      for (const output of asked) expect(bounds[output]!.shape).toEqual(expected[output]!.shape)
    }
  })

  it('are written by the command line, which knows its operations', () => {
    const words = ['vectors', 'export', folder, '-o', 'cnn.conv2d', '-n', '40', '-s', '7']
    expect(touchstone(words).status).toBe(0)
    const file = JSON.parse(readFileSync(join(folder, 'cnn.conv2d.json'), 'utf8'))
    expect(file).toMatchObject({ format: 'touchstone-vectors/1', provenance: { seed: 7 } })
    const model = readFileSync(join(folder, 'onnx/cnn.conv2d_39/model.onnx'))
    expect(model.includes('Conv') && model.includes('kernel_shape')).toBe(true)
    expect(file.provenance.clauses).toContain('cnn.conv2d.forward')
    const unknown = touchstone(['vectors', 'export', folder, '-o', 'cnn.conv9d'])
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toContain('did you mean\n    cnn.conv2d')
  })

  const path = join(root, 'conformance/vectors/vectors.py')
  it('their reader has fewer than forty lines', () => {
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').length).toBeLessThan(40)
  })

  it.skipIf(python === null)('NumPy agrees, a wrong answer does not (needs NumPy)', () => {
    const code = `
from implementation import conv2d
from vectors import check, read
cases = list(read(${JSON.stringify(join(folder, 'cnn.conv2d.json'))}))
answers = [conv2d(**case.inputs, **case.parameters) for case in cases]
right = sum(check(case, answer) == [] for case, answer in zip(cases, answers))
def rejected(change):
    return all(check(case, {'y': change(answer['y'])}) == ['y'] for case, answer in zip(cases[::2], answers[::2]))
print(len(cases), right, rejected(lambda y: y + 1), rejected(lambda y: y * float('nan')), rejected(lambda y: y[0]))`
    const folders = [
      helperFolder,
      join(root, 'conformance/vectors'),
      join(root, 'conformance/adapters/skeletons/python'),
    ]
    const { stdout, stderr } = spawnSync(python!, ['-c', code], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: folders.join(delimiter), PYTHONDONTWRITEBYTECODE: '1' },
    })
    expect(stderr).toBe('')
    expect(stdout.trim()).toBe('40 40 True True True')
  })
})
