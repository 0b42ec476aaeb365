import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  networkCurvature as reference,
  hessianSize as sizeReference,
} from '../../../reference/pruning/obd-network.ts'
import { hessianSize, networkCurvature } from '../../../spec/pruning/obd-network.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(networkCurvature, reference)
const wrongSize = faultsOf(hessianSize, sizeReference)

const derivatives = ['weights1', 'bias1', 'weights2', 'bias2'] as const
type Derivatives = Record<(typeof derivatives)[number], NumberArray<number>>

/** All second derivatives by a rule of what they are, and of those without activations' own. */
const eachFrom = (
  { inputs, parameters, right }: Question<typeof networkCurvature>,
  rule: (exact: number, squared: number) => number,
) => {
  const exact = right(inputs, { ...parameters, method: 'exact' })
  const squared = right(inputs, { ...parameters, method: 'levenberg-marquardt' })
  const of = (name: keyof Derivatives) =>
    changed(exact[name], (h, at) => rule(h, squared[name].data[at]!))
  return { loss: exact.loss, ...ofNames(of) }
}

const ofNames = (of: (name: keyof Derivatives) => NumberArray<number>) => ({
  weights1: of('weights1'),
  bias1: of('bias1'),
  weights2: of('weights2'),
  bias2: of('bias2'),
})

export const alwaysApproximates = wrong.parameters(
  'leaves out the second derivatives of activations in either case',
  () => ({ method: 'levenberg-marquardt' }),
)

export const neverApproximates = wrong.parameters(
  'computes exactly where the approximation was asked for',
  () => ({ method: 'exact' }),
)

export const subtractsBend = wrong.answer(
  'takes the terms with second derivatives of activations off',
  (question) =>
    question.parameters.method === 'exact'
      ? eachFrom(question, (exact, squared) => 2 * squared - exact)
      : question.right(question.inputs, question.parameters),
)

export const alwaysLinear = wrong.parameters('takes the outputs for linear ones', () => ({
  outputs: 'linear',
}))

export const halvesLoss = wrong.outputs('gives the loss with a half', (right) => ({
  loss: scalar(right.loss.at() / 2),
  ...ofNames((name) => changed(right[name], (h) => h / 2)),
}))

export const halvesApproximation = wrong.outputs(
  'approximates that of a squared error by 1 instead of 2',
  (right, { parameters: { method } }) =>
    ofNames((name) => changed(right[name], (h) => (method === 'exact' ? h : h / 2))),
)

export const sumsSamples = wrong.outputs(
  'sums over samples instead of taking their mean',
  (right, { sizes: { N } }) => ({
    loss: scalar(right.loss.at() * N!),
    ...ofNames((name) => changed(right[name], (h) => h * N!)),
  }),
)

export const doesNotSquareInputs = wrong.outputs(
  'multiplies by what a weight of the first layer receives, not by its square',
  (right, { inputs, parameters, right: ask, sizes: { N } }) => {
    const { x, targets } = inputs
    const each = Array.from({ length: N! }, (_, n) => {
      const one = { x: only(x, n), targets: only(targets, n) }
      return ask({ ...inputs, ...one }, parameters).bias1
    })
    const sum = (i: number, j: number) =>
      each.reduce((sum, h, n) => sum + (x.at(n, i) * h.at(j)) / N!, 0)
    return { weights1: build(right.weights1.shape, sum) }
  },
)

/** One row of an array, as an array of one row. */
const only = (array: NumberArray<number>, n: number) =>
  build([1, array.shape[1]!], (_, i) => array.at(n, i))

export const takesSquaredGradient = wrong.outputs(
  'squares the first derivatives by the biases of the outputs',
  (_, { inputs, parameters, right }) => {
    const step = 2 ** -12
    const slope = (at: number) => {
      const moved = (by: number) => {
        const bias2 = changed(inputs.bias2, (v, k) => (k === at ? v + by : v))
        return right({ ...inputs, bias2 }, parameters).loss.at()
      }
      return (moved(step) - moved(-step)) / (2 * step)
    }
    return { bias2: changed(inputs.bias2, (_, at) => slope(at) ** 2) }
  },
)

export const forgetsBiases = wrong.outputs('gives biases no second derivative', (right) => ({
  bias1: changed(right.bias1, () => 0),
  bias2: changed(right.bias2, () => 0),
}))

export const forgetsTargets = wrong.inputs('takes the outputs for their errors', ({ targets }) => ({
  targets: changed(targets, () => 0),
}))

export const countsTriangle = wrongSize.outputs(
  'leaves the diagonal out of those that differ',
  ({ distinct, diagonal }) => ({ distinct: scalar(distinct.at() - diagonal.at()) }),
)

export const halvesSquare = wrongSize.outputs(
  'takes half of all for those that differ',
  ({ entries }) => ({ distinct: scalar(Math.floor(entries.at() / 2)) }),
)

export const diagonalOfAll = wrongSize.outputs(
  'E-101 read literally: needs all of them',
  ({ entries }) => ({ diagonal: entries }),
)

export const countsEachOnce = wrongSize.outputs(
  'counts each pair once among all',
  ({ distinct }) => ({ entries: distinct }),
)
