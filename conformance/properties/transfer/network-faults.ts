import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { biasGradient } from '../../../reference/layers/bias.ts'
import { denseInputGradient, denseWeightGradient } from '../../../reference/layers/dense.ts'
import {
  networkGradient as gradientReference,
  networkLoss as lossReference,
  network as reference,
} from '../../../reference/transfer/network.ts'
import { scoreGradient } from '../../../reference/transfer/network-loss.ts'
import { network, networkGradient, networkLoss } from '../../../spec/transfer/network.ts'
import { mapValues } from '../../base/records.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(network, reference)
const wrongLoss = faultsOf(networkLoss, lossReference)
const wrongGradient = faultsOf(networkGradient, gradientReference)

export const forgetsBiases = wrong.inputs(
  'forgets the biases of the kept layers',
  ({ biases1, biases2 }) => ({ biases1: zeros(biases1.shape), biases2: zeros(biases2.shape) }),
)

export const rectifiesScores = wrong.outputs('rectifies the scores too', ({ scores }) => ({
  scores: changed(scores, (z) => Math.max(0, z)),
}))

export const headOnLower = wrong.inputs(
  'makes the kept layers anew with the head',
  ({ weights2 }, { sizes: { C } }) => ({ weights2: changed(weights2, (w) => w * C) }),
)

export const lossSums = wrongLoss.outputs(
  'adds the losses of the samples instead of taking their mean',
  ({ loss }, { sizes: { N } }) => ({ loss: changed(loss, (mean) => mean * N) }),
)

export const gradientSums = wrongGradient.outputs(
  'gives the gradient of the sum over the samples',
  (gradients, { sizes: { N } }) => mapValues(gradients, (array) => changed(array, (v) => v * N)),
)

export const gradientIgnoresRectifiers = wrongGradient.answer(
  'sends the gradient through rectifiers that gave 0',
  ({ inputs, parameters: { loss } }) => {
    const { lower, higher, scores } = reference(number, inputs, {})
    const e3 = scoreGradient(number, scores, inputs.targets, loss)
    const e2 = denseInputGradient(number, inputs.head, e3)
    const e1 = denseInputGradient(number, inputs.weights2, e2)
    return {
      dx: denseInputGradient(number, inputs.weights1, e1),
      dWeights1: denseWeightGradient(number, inputs.x, e1),
      dBiases1: biasGradient(number, e1),
      dWeights2: denseWeightGradient(number, lower, e2),
      dBiases2: biasGradient(number, e2),
      dHead: denseWeightGradient(number, higher, e3),
      dBias: biasGradient(number, e3),
    }
  },
)

export const gradientStops = wrongGradient.outputs(
  'sends nothing below the head',
  ({ dHead, dBias, ...below }) => mapValues(below, ({ shape }) => zeros(shape)),
)

export const gradientIgnoresSoftmax = wrongGradient.parameters(
  'takes scores for probabilities',
  () => ({ loss: 'squares' }),
)

export const gradientOfOneHot = wrongGradient.outputs(
  'assumes that the targets of a sample add up to 1',
  (_, { inputs, parameters: { loss }, sizes: { N, C } }) => {
    if (loss === 'squares') return {}
    const { scores: z } = reference(number, inputs, {})
    const probability = (n: number, c: number) =>
      1 / sum(number, [C], (k) => Math.exp(z.at(n, k) - z.at(n, c)))
    const miss = (n: number, c: number) => probability(n, c) - inputs.targets.at(n, c)
    // The bias is enough to show it.
    return { dBias: build([C], (c) => sum(number, [N], (n) => miss(n, c) / N)) }
  },
)
