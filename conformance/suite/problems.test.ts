import { expect, it } from 'vitest'
import { lift } from '../../reference/arithmetic/array.ts'
import { stepByStep, towardsZero } from '../../reference/arithmetic/step-by-step.ts'
import { referencesById } from '../../reference/index.ts'
import { mapValues } from '../base/records.ts'
import { toFloat32 } from '../engine/fault.ts'
import { changed, reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { readKnown, withKnown } from './known.ts'
import { problemsOf } from './problems.ts'

const clauses = [
  'cnn.conv2d.forward',
  'cnn.conv2d.linearity',
  'cnn.pool.max-forward',
  'resnet.block.forward',
]

const told = (report: Parameters<typeof problemsOf>[0]) =>
  problemsOf(report).map(({ outcome, operation, says, clauses }) => ({
    outcome,
    operation,
    says,
    clauses,
  }))

it('what is right has no problem', async () => {
  expect(problemsOf(await reportOn(right, clauses))).toEqual([])
})

it('a wrong operation is one problem in all clauses, with its smallest case', async () => {
  const off = spoilt({ 'cnn.conv2d': changed('cnn.conv2d', (value) => value + 1) })
  const report = await reportOn(off, clauses)
  const [problem, ...others] = problemsOf(report)
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    outcome: 'violates',
    kind: 'wrong value',
    operation: 'cnn.conv2d',
    says: 'wrong values',
    clauses: ['cnn.conv2d.forward', 'cnn.conv2d.linearity'],
  })
  expect(problem!.properties.length).toBeGreaterThan(3)
  expect(problem!.cases).toBeGreaterThan(problem!.properties.length)
  expect(problem!.smallest.capsule!.sizes).toMatchObject({ N: 1, H: 1, W: 1 })
})

it('what is off by a few last places everywhere is told as rounded', async () => {
  const by = (places: number) => (value: number) => Math.fround(value * (1 + places * 2 ** -23))
  const off = spoilt({ 'cnn.conv2d': changed('cnn.conv2d', by(6)) })
  const problems = problemsOf(await reportOn(off, ['cnn.conv2d.forward']))
  const says = problems.map((problem) => problem.says)
  expect(says).toContain('values nearly right, rounded more than they may be')
  expect(says).not.toContain('wrong values')
})

it('a case that holds but the seed of its numbers is not the smallest', async () => {
  const off = spoilt({
    'cnn.averagePool': changed('cnn.averagePool', (value) => 1.01 * value + 0.5),
  })
  const report = await reportOn(off, ['cnn.pool.avg'])
  const [{ properties, smallest }] = problemsOf(report) as [ReturnType<typeof problemsOf>[0]]
  expect(properties).toContain('cnn.pool.avg/averagePool-rounding')
  expect(smallest.property.id).not.toBe('cnn.pool.avg/averagePool-rounding')
})

it('what is seen of all errors together is told by its name, apart from answers that are wrong', async () => {
  const cutting = stepByStep({ product: Math.fround, sum: towardsZero(24) })
  const off = spoilt({
    'cnn.dense': async (inputs, parameters) => {
      // It rejects what is to be rejected.
      await right.operations['cnn.dense']!(inputs, parameters)
      const arrays = mapValues(inputs, (tensor) => lift(cutting, tensor))
      return mapValues(
        referencesById['cnn.dense'](cutting, arrays as never, parameters as never),
        toFloat32,
      )
    },
  })
  const problems = problemsOf(await reportOn(off, ['cnn.flatten']))
  const cut = problems.find(({ says }) => says.startsWith('sums are cut off towards zero'))
  expect(cut).toMatchObject({
    operation: 'cnn.dense',
    properties: ['cnn.flatten/dense-rounding'],
  })
  const others = problems.filter((each) => each !== cut)
  expect(others.map(({ says }) => says)).toEqual([
    'values nearly right, rounded more than they may be',
  ])
})

it('the same refusal is one problem, whatever numbers are in its message', async () => {
  const refuses = spoilt({
    'cnn.conv2d': (inputs, parameters) => {
      const { strides } = parameters
      if (strides[0] > 1 || strides[1] > 1) throw new Error(`no strides of ${strides.join(',')}`)
      return right.operations['cnn.conv2d']!(inputs, parameters)
    },
  })
  expect(told(await reportOn(refuses, clauses))).toEqual([
    {
      outcome: 'errored',
      operation: 'cnn.conv2d',
      says: expect.stringMatching(/^no strides of \d,\d$/),
      clauses: ['cnn.conv2d.forward', 'cnn.conv2d.linearity'],
    },
  ])
})

it('several operations, and several kinds of failure of one, are several problems', async () => {
  const broken = spoilt({
    'cnn.conv2d': async (inputs, parameters) => {
      if (parameters.padding === 'same') throw new Error('no')
      return changed('cnn.conv2d', (value) => value + 1)(inputs, parameters)
    },
    'resnet.block': changed('resnet.block', () => Number.NaN),
  })
  const problems = told(await reportOn(broken, clauses))
  expect(problems.map(({ outcome, operation, says }) => [outcome, operation, says])).toEqual([
    ['violates', 'cnn.conv2d', 'wrong values'],
    ['violates', 'resnet.block', 'values not finite'],
    ['errored', 'cnn.conv2d', 'no'],
  ])
})

it('what is let through is one problem an operation', async () => {
  const lenient = spoilt({
    'cnn.conv2d': async (inputs, parameters) => {
      try {
        return await right.operations['cnn.conv2d']!(inputs, parameters)
      } catch {
        return { y: inputs.x! }
      }
    },
  })
  expect(told(await reportOn(lenient, clauses))).toEqual([
    {
      outcome: 'violates',
      operation: 'cnn.conv2d',
      says: expect.stringMatching(/^answers what is to be rejected, in \d+ ways$/),
      clauses: ['cnn.conv2d.forward'],
    },
  ])
})

it('what is known to fail is none', async () => {
  const off = spoilt({ 'cnn.conv2d': changed('cnn.conv2d', (value) => value + 1) })
  const failures = [{ clause: 'cnn.conv2d.forward', reason: 'adds one' }]
  const known = readKnown(JSON.stringify({ format: 'touchstone-known/1', failures }), 'known.json')
  const [problem] = problemsOf(withKnown(await reportOn(off, clauses), known))
  expect(problem!.clauses).toEqual(['cnn.conv2d.linearity'])
})
