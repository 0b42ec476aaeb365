import { describe, expect, it } from 'vitest'
import { fromData } from '../../reference/arithmetic/array.ts'
import { withError } from '../../reference/arithmetic/bounded.ts'
import { referencesById } from '../../reference/index.ts'
import { activation } from '../../spec/cnn/activation.ts'
import { operations } from '../../spec/index.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import { svd } from '../../spec/lowrank/svd.ts'
import { tensor } from '../kit/tensor.ts'
import { properties } from '../properties/index.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import { noFloors } from './floor.ts'
import type { Implementation } from './implementation.ts'
import { judge } from './judge.ts'
import { isOpen, openOutput } from './openness.ts'
import type { Reading } from './reading.ts'

const error = ({ inherited }: { readonly inherited: number }) => inherited

function openIn(kind: string, ...elements: readonly (readonly [value: number, error: number])[]) {
  const y = fromData(
    [1, 1, 1, elements.length],
    elements.map(([value, off]) => withError(value, off)),
  )
  return openOutput(activation, { activation: kind }, { y }, error)
}

describe('a bound says nothing', () => {
  it('from a tenth of the largest magnitude of the output on', () => {
    expect(openIn('relu', [10, 0.9], [0.1, 0.9])).toBeNull()
    expect(openIn('relu', [10, 0.9], [0.1, 1])).toBe('y')
  })

  it('where it is infinite, or not zero while the output is', () => {
    expect(openIn('relu', [10, Number.POSITIVE_INFINITY])).toBe('y')
    expect(openIn('relu', [0, 2 ** -126])).toBe('y')
    expect(openIn('relu', [0, 0])).toBeNull()
  })

  it('never of an output that has several right answers', () => {
    const matrix = (value: number, off: number) => fromData([1, 1], [withError(value, off)])
    const [U, V] = [matrix(1, 2), matrix(1, 2)]
    const S = (off: number) => fromData([1], [withError(4, off)])
    expect(openOutput(svd, {}, { U, S: S(0.1), V }, error)).toBeNull()
    expect(openOutput(svd, {}, { U, S: S(1), V }, error)).toBe('S')
  })

  it('of an output of known range from half of it on, however small the output is', () => {
    expect(openIn('tanh', [1e-7, 1e-5])).toBeNull()
    expect(openIn('tanh', [0.1, 1])).toBe('y')
    expect(openIn('sigmoid', [0.1, 0.4])).toBeNull()
    expect(openIn('sigmoid', [0.1, 0.5])).toBe('y')
  })
})

describe('of steps that are judged one by one', () => {
  const read = (reading: Reading) => reading
  const unknown = { value: 0.5, error: Number.POSITIVE_INFINITY }
  const known = { value: 1, error: 1e-7 }
  /** Three units after each of some steps, of which one says less than the others. */
  const states = (...steps: readonly Reading[]) =>
    fromData(
      [3, steps.length],
      [known, known, known].flatMap((other, unit) => (unit === 1 ? steps : steps.map(() => other))),
    )
  const along = { range: null, steps: 1 }

  it('the bounds say nothing where those of most steps do', () => {
    expect(isOpen(states(known, unknown, unknown), read, along)).toBe(true)
    expect(isOpen(states(known, known, unknown), read, along)).toBe(false)
    expect(isOpen(states(known, unknown), read, along)).toBe(false)
    expect(isOpen(states(known, known, unknown), read, { range: null })).toBe(true)
  })

  it('a bound is wide beside the largest of all steps, or in the range of the output', () => {
    const little = { value: 1e-9, error: 0.05 }
    expect(isOpen(states(little, little, little), read, along)).toBe(false)
    const range = [-1, 1] as const
    const half = { value: 0, error: 0.5 }
    expect(isOpen(states(half, half), read, along)).toBe(true)
    expect(isOpen(states(half, half), read, { ...along, range })).toBe(false)
  })

  it('what is bounded is judged, and the floor counts what is not', () => {
    const expected = states(known, known, unknown)
    const judged = (off: number) => {
      const data = expected.data.map(({ value }) => ({ value: value + off, error: 0 }))
      const floors = noFloors()
      const comparison = { label: 'h', expected, actual: fromData([3, 3], data), scale: along }
      return { judgement: judge(comparison, read, floors), floors }
    }
    const { judgement, floors } = judged(0)
    expect(judgement).toEqual({ agrees: true, utilization: 0, open: null })
    expect(floors.some.filter((floor) => floor === Number.POSITIVE_INFINITY)).toHaveLength(1)
    expect(judged(1e-6).judgement).toMatchObject({ agrees: false })
  })
})

const right = referenceImplementation(operations, referencesById)

/** What comes of a property on cases of our own, and on no other. */
async function checkedOn(
  id: string,
  ...cases: readonly {
    readonly inputs: Readonly<Record<string, ReturnType<typeof tensor>>>
    readonly parameters: Parameters
  }[]
) {
  const property = properties.find((candidate) => candidate.id === id)!
  const examples = cases.map((the) => ({ sizes: {}, ...the }))
  const only = { ...property, share: 0, examples }
  const options = { runs: 1, seed: 0, deadline: null, kept: [], shrink: false }
  return checkProperty(only, right, referencesById, options)
}

const slopeAt = (x: number, activation: 'sigmoid' | 'tanh') => ({
  inputs: { x: tensor([1, 1, 1, 1], [x]), dy: tensor([1, 1, 1, 1], [1]) },
  parameters: { activation, slope: 0 },
})

describe('a case within bounds that say nothing is open, and no pass', () => {
  const gradient = 'cnn.activation.elementwise/gradient-bounded'

  it('where an activation is saturated, so that of its slope no digit is left', async () => {
    const { verdict, open } = await checkedOn(gradient, slopeAt(16, 'sigmoid'), slopeAt(9, 'tanh'))
    expect(open).toBe(2)
    expect(verdict).toMatchObject({ outcome: 'inconclusive', cases: 0, open: 2 })
  })

  it('beside those that count', async () => {
    const { verdict, open } = await checkedOn(gradient, slopeAt(16, 'sigmoid'), slopeAt(2, 'tanh'))
    expect(open).toBe(1)
    expect(verdict).toMatchObject({ outcome: 'conforms', cases: 1 })
  })

  it('where a system is singular', async () => {
    const singular = {
      inputs: { x: tensor([1, 2], [1, 1]), targets: tensor([1], [1]) },
      parameters: { decay: 0 },
    }
    const remedy = 'training.overfit.weight-decay-remedy/bounded'
    expect(await checkedOn(remedy, singular)).toMatchObject({ open: 1 })
  })

  it('yet a difference beyond such a bound is a violation', async () => {
    const wrong = {
      ...right,
      operations: {
        ...right.operations,
        'cnn.activationGradient': () => ({ dx: tensor([1, 1, 1, 1], [1]) }),
      },
    }
    const property = properties.find(({ id }) => id === gradient)!
    const { sizes, ...the } = { sizes: {}, ...slopeAt(16, 'sigmoid') }
    const only = { ...property, share: 0, examples: [{ sizes, ...the }] }
    const options = { runs: 1, seed: 0, deadline: null, kept: [], shrink: false }
    const { verdict } = await checkProperty(only, wrong, referencesById, options)
    expect(verdict.outcome).toBe('violates')
  })
})

describe('a property most of whose cases are open', () => {
  const bounded = properties.find(({ id }) => id === 'cnn.conv2d.forward/bounded')!
  /** A property of which only every so many cases says something. */
  async function verdictWithOneIn(every: number, on: Implementation = right) {
    let tried = 0
    const compare = async () => {
      const off = tried++ % every === 0 ? 0 : Number.POSITIVE_INFINITY
      const [expected, actual] = [0, off].map((error) => fromData([1], [withError(1, error)]))
      return [{ label: 'y', expected: expected!, actual: actual! }]
    }
    const property = { ...bounded, check: { kind: 'comparison', compare } }
    const options = { runs: 60, seed: 0, deadline: null, kept: [], shrink: false }
    return (await checkProperty(property as never, on, referencesById, options)).verdict
  }

  it('is inconclusive', async () => {
    expect(await verdictWithOneIn(3)).toMatchObject({
      outcome: 'inconclusive',
      // 60 + 3 √120 is 92.9.
      open: 93,
      reason: 'the bounds of too many cases are as wide as what they bound',
    })
  })

  it('and says how coarse the numbers are where they are coarser than usual', async () => {
    expect(await verdictWithOneIn(3, { ...right, precision: 'bfloat16' })).toMatchObject({
      outcome: 'inconclusive',
      reason:
        'in the 8 bits of bfloat16, the bounds of too many cases are as wide as what they bound',
    })
  })

  it('and is not where at least every second says something', async () => {
    expect(await verdictWithOneIn(2)).toMatchObject({ outcome: 'conforms', cases: 60 })
  })
})
