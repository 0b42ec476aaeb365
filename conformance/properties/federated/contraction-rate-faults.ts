import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { contractionRate as reference } from '../../../reference/federated/contraction-rate.ts'
import { metropolisWeights } from '../../../reference/federated/gossip.ts'
import { eigenvalues } from '../../../reference/matrix.ts'
import { contractionRate } from '../../../spec/federated/contraction-rate.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(contractionRate, reference)

/** Another number of the weights, by their eigenvalues, the largest first. */
const ofEigenvalues = (name: string, rate: (values: readonly number[]) => number) =>
  wrong.outputs(name, (_, { inputs: { graph } }) => {
    const { weights } = metropolisWeights(number, { graph }, {})
    return { rate: scalar(rate(eigenvalues(weights))) }
  })

export const secondAlone = ofEigenvalues(
  'takes the second largest eigenvalue, and forgets those far below 0',
  ([, second = 0]) => Math.max(0, second),
)

export const smallestAlone = ofEigenvalues(
  'takes the modulus of the smallest eigenvalue',
  (values) => (values.length < 2 ? 0 : Math.abs(values.at(-1)!)),
)

export const withTheMean = ofEigenvalues('takes the eigenvalue of the mean as well', () => 1)

export const gap = wrong.outputs('gives the spectral gap', ({ rate }) => ({
  rate: changed(rate, (r) => 1 - r),
}))

export const squared = wrong.outputs('gives the rate of squared distances', ({ rate }) => ({
  rate: changed(rate, (r) => r ** 2),
}))

export const localDegrees = wrong.outputs(
  'weighs neighbours by one over the larger degree, without the 1',
  (_, { inputs: { graph } }) => {
    const K = graph.shape[0]!
    const clients = Array.from({ length: K }, (_, k) => k)
    const isEdge = (k: number, l: number) =>
      k !== l && (graph.at(k, l) === 1 || graph.at(l, k) === 1)
    const d = clients.map((k) => clients.filter((l) => isEdge(k, l)).length)
    const between = (k: number, l: number) => (isEdge(k, l) ? 1 / Math.max(d[k]!, d[l]!) : 0)
    const P: NumberArray<number> = build([K, K], (k, l) =>
      k === l ? 1 - clients.reduce((sum, j) => sum + between(k, j), 0) : between(k, l),
    )
    const [, second = 0] = eigenvalues(P)
      .map(Math.abs)
      .toSorted((a, b) => b - a)
    return { rate: scalar(Math.min(1, second)) }
  },
)

export const oneDirection = wrong.inputs(
  'looks at one direction of an edge alone',
  ({ graph }) => ({ graph: build(graph.shape, (k, l) => (k < l ? graph.at(k, l) : 0)) }),
)
