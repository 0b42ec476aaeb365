import type { Case } from '../../conformance/arbitraries/case.ts'
import { mapValues } from '../../conformance/base/records.ts'
import { checkProperty } from '../../conformance/engine/check.ts'
import { referenceImplementation } from '../../conformance/engine/fault.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import type { Property } from '../../conformance/engine/property.ts'
import type { Outcome, Verdict } from '../../conformance/engine/verdict.ts'
import { lstm, lstmCell, rnn, rnnCell, rnnGradient } from '../../conformance/fixtures/recurrent.ts'
import {
  offBy,
  referencesWith,
  type Slip,
} from '../../conformance/fixtures/recurrent-references.ts'
import { agreement } from '../../conformance/kit/agreement.ts'
import { stepwise } from '../../conformance/kit/stepwise.ts'
import { build, fromData } from '../../reference/arithmetic/array.ts'
import type { Reference, References } from '../../reference/reference.ts'
import { array, free, type Operation, operation } from '../../spec/language/operation.ts'
import { descent } from '../prove-bounds/tape/iterations.ts'
import { normals } from '../prove-bounds/tape/networks.ts'
import { median, share as shareOf, table } from './table.ts'

/** Gradient descent, of which only the weights at the end come back. */
const training = operation({
  id: 'deep.descent',
  title: 'Twenty steps of gradient descent',
  level: 'core',
  dimensions: {
    M: free(6, 6, 'samples'),
    D: free(4, 4, 'features'),
    N: free(5, 5, 'units'),
  },
  inputs: {
    x: array('the samples', 'M', 'D'),
    y: array('what the network is to give', 'M'),
    V: array('its lower weights', 'N', 'D'),
    w: array('its upper weights', 'N'),
  },
  parameters: {},
  outputs: { V: array('the lower weights', 'N', 'D'), w: array('the upper weights', 'N') },
  classes: {},
})

const trainingWith =
  (slip: Slip): Reference<typeof training> =>
  (arithmetic, inputs) => {
    const { shape } = inputs.V
    const weights = descent(arithmetic, inputs, (V, step) => slip(V, step, arithmetic))
    const count = inputs.V.data.length
    return {
      V: fromData(shape, weights.slice(0, count)),
      w: fromData([shape[0]!], weights.slice(count)),
    }
  }

/** What is deep, and a mistake in the middle of it that is to be noticed. */
interface Deep {
  readonly title: string
  /** How large the mistake is, as a share of the number in which it is made. */
  readonly share: number
  readonly property: Property
  readonly operation: Operation
  readonly draw: ReturnType<typeof normals>
  readonly units: number
  readonly slip: (share: number, unit: number) => Slip
  /** Whether only what it gives at the end is looked at. */
  readonly endToEnd: boolean
}

const none: Slip = (state) => state
const references = (slip: Slip = none): References => ({
  ...referencesWith(slip),
  [training.id]: trainingWith(slip) as never,
})

const weightsOf = (X: number, H: number) =>
  ({
    W: [0.5, H, X],
    U: [1 / Math.sqrt(H), H, H],
    b: [0.1, H],
  }) as const

export const depths: readonly Deep[] = [
  {
    title: 'recurrent layer, 16 units, 50 steps',
    share: 2e-4,
    operation: rnn,
    property: stepwise(rnn, { states: 'h', step: rnnCell, carry: { h: 'h0' }, kills: [] })('deep'),
    draw: normals({ x: [1, 50, 4], ...weightsOf(4, 16), h0: [0.5, 16] }),
    units: 16,
    slip: (share, unit) => offBy(share, unit, 25),
    endToEnd: false,
  },
  {
    title: 'LSTM, 16 units, 200 steps',
    share: 2e-4,
    operation: lstm,
    property: stepwise(lstm, {
      states: ['h', 'c'],
      step: lstmCell,
      carry: { h: null, c: null },
      kills: [],
    })('deep'),
    draw: normals({
      x: [1, 200, 4],
      W: [0.5, 4, 16, 4],
      U: [0.25, 4, 16, 16],
      b: [0.1, 4, 16],
    }),
    units: 16,
    slip: (share, unit) => offBy(share, unit, 100),
    endToEnd: false,
  },
  {
    title: 'gradients through time, 8 units, 50 steps',
    share: 2e-3,
    operation: rnnGradient,
    property: agreement(rnnGradient, 'reals', { kills: [] })('deep'),
    draw: normals({ x: [1, 50, 4], ...weightsOf(4, 8), h0: [0.5, 8], dy: [1, 50, 8] }),
    units: 8,
    slip: (share, unit) => offBy(share, unit, 25),
    endToEnd: true,
  },
  {
    title: 'descent, 5 units, 20 steps',
    share: 2e-3,
    operation: training,
    property: agreement(training, 'reals', { kills: [] })('deep'),
    draw: normals({ x: [1, 6, 4], y: [1, 6], V: [0.5, 5, 4], w: [0.5, 5] }),
    units: 5,
    slip:
      (share, unit) =>
      (weights, step, { exact, multiply }) =>
        build(weights.shape, (n, d) =>
          step === 10 && n === unit
            ? multiply(exact(1 + share), weights.at(n, d))
            : weights.at(n, d),
        ),
    endToEnd: true,
  },
]

/** What came of the mistake in each of some units. */
export interface AtDepth {
  readonly deep: Deep
  readonly units: number
  /** Of each unit in which it was noticed, how many cases that took. */
  readonly noticed: readonly number[]
  /** What comes of the same without a mistake. */
  readonly rightly: Outcome
}

/** How many draws of weights and inputs a mistake has to show itself. */
const draws = 10

/** Makes the mistake in one unit after the other, in every so-manieth of them. */
export async function tryAtDepth(deep: Deep, every = 1): Promise<AtDepth> {
  const rightly = await verdictOn(deep, undefined)
  const noticed: number[] = []
  let units = 0
  for (let unit = 0; unit < deep.units; unit += every) {
    units++
    const verdict = await verdictOn(deep, deep.slip(deep.share, unit))
    if (verdict.outcome === 'violates') noticed.push(verdict.cases)
  }
  return { deep, units, noticed, rightly: rightly.outcome }
}

/** The verdict on the reference with something that goes wrong, or with nothing. */
async function verdictOn(deep: Deep, slip: Slip | undefined): Promise<Verdict> {
  const { operation, property, endToEnd } = deep
  const wrong = referenceImplementation([operation], references(slip))
  const implementation = endToEnd ? withoutStates(operation, wrong) : wrong
  const examples = Array.from({ length: draws }, (_, seed) => exampleOf(deep, seed))
  const { verdict } = await checkProperty(
    { ...property, share: 0, examples },
    implementation,
    references(),
    {
      runs: 1,
      seed: 0,
      deadline: null,
      kept: [],
      shrink: false,
      untilFirst: true,
      repeat: false,
      intermediates: false,
    },
  )
  return verdict
}

function exampleOf({ draw }: Deep, seed: number): Case {
  const inputs = mapValues(draw(seed, 'float32'), ({ shape, data }) => ({
    dtype: 'float32' as const,
    shape,
    data: Float32Array.from(data),
  }))
  return { sizes: {}, inputs, parameters: {} }
}

/** The same, but that nobody sees what it has on its way. */
function withoutStates(
  { id, states = [] }: Operation,
  implementation: Implementation,
): Implementation {
  const evaluate = implementation.operations[id]!
  return {
    ...implementation,
    stateless: { [id]: 'only its end is looked at' },
    operations: {
      [id]: async (inputs, parameters) => {
        const answer = await evaluate(inputs, parameters)
        return Object.fromEntries(Object.entries(answer).filter(([name]) => !states.includes(name)))
      },
    },
  }
}

/** What was noticed at depth, as a table. */
export function depthTable(all: readonly AtDepth[]): string {
  const rows = all.map(({ deep: { title, share, endToEnd }, units, noticed }) => [
    title,
    endToEnd ? 'by its end' : 'step by step',
    share.toExponential(0),
    shareOf(noticed.length, units),
    noticed.length === 0 ? '–' : `${median(noticed)}, ${Math.max(...noticed)}`,
  ])
  const head = ['power at depth', 'judged', 'one unit off by', 'noticed', 'cases to notice']
  return table([head, ...rows])
}
