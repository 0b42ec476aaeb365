import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  networkGradient as gradientReference,
  networkLoss as lossReference,
  network as reference,
} from '../../../reference/transfer/network.ts'
import {
  layerGradients,
  scoreGradient,
  through,
} from '../../../reference/transfer/network-layers.ts'
import { network, networkGradient, networkLoss } from '../../../spec/transfer/network.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const forgetsBiases = fault(
  network,
  reference,
  'forgets the biases of the kept layers',
  ({ inputs, right }) => {
    const none = (b: typeof inputs.bias) => mapArray(b, () => 0)
    return right({ ...inputs, biases1: none(inputs.biases1), biases2: none(inputs.biases2) }, {})
  },
)

export const rectifiesScores = fault(
  network,
  reference,
  'rectifies the scores too',
  ({ inputs, right }) => {
    const answer = right(inputs, {})
    return { ...answer, scores: mapArray(answer.scores, (z) => Math.max(0, z)) }
  },
)

export const headOnLower = fault(
  network,
  reference,
  'makes the kept layers anew with the head',
  ({ inputs, right }) => {
    const C = inputs.bias.shape[0]!
    const weights2 = mapArray(inputs.weights2, (w) => w * C)
    return right({ ...inputs, weights2 }, {})
  },
)

export const lossSums = fault(
  networkLoss,
  lossReference,
  'adds the losses of the samples instead of taking their mean',
  ({ inputs, parameters, right }) => {
    const N = inputs.x.shape[0]!
    return { loss: mapArray(right(inputs, parameters).loss, (loss) => loss * N) }
  },
)

export const gradientSums = fault(
  networkGradient,
  gradientReference,
  'gives the gradient of the sum over the samples',
  ({ inputs, parameters, right }) => {
    const N = inputs.x.shape[0]!
    const answer = right(inputs, parameters)
    const times = (array: typeof answer.dx) => mapArray(array, (v) => v * N)
    return {
      dx: times(answer.dx),
      dWeights1: times(answer.dWeights1),
      dBiases1: times(answer.dBiases1),
      dWeights2: times(answer.dWeights2),
      dBiases2: times(answer.dBiases2),
      dHead: times(answer.dHead),
      dBias: times(answer.dBias),
    }
  },
)

export const gradientIgnoresRectifiers = fault(
  networkGradient,
  gradientReference,
  'sends the gradient through rectifiers that gave 0',
  ({ inputs, parameters }) => {
    const { lower, higher, scores } = reference(number, inputs, {})
    const e3 = scoreGradient(number, scores, inputs.targets, parameters.loss)
    const e2 = through(number, e3, inputs.head)
    const e1 = through(number, e2, inputs.weights2)
    const [dHead, dBias] = layerGradients(number, higher, e3)
    const [dWeights2, dBiases2] = layerGradients(number, lower, e2)
    const [dWeights1, dBiases1] = layerGradients(number, inputs.x, e1)
    const dx = through(number, e1, inputs.weights1)
    return { dx, dWeights1, dBiases1, dWeights2, dBiases2, dHead, dBias }
  },
)

export const gradientStops = fault(
  networkGradient,
  gradientReference,
  'sends nothing below the head',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const nothing = (array: typeof answer.dx) => mapArray(array, () => 0)
    return {
      ...answer,
      dx: nothing(answer.dx),
      dWeights1: nothing(answer.dWeights1),
      dBiases1: nothing(answer.dBiases1),
      dWeights2: nothing(answer.dWeights2),
      dBiases2: nothing(answer.dBiases2),
    }
  },
)

export const gradientIgnoresSoftmax = fault(
  networkGradient,
  gradientReference,
  'takes scores for probabilities',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, loss: 'squares' }),
)

export const gradientOfOneHot = fault(
  networkGradient,
  gradientReference,
  'assumes that the targets of a sample add up to 1',
  ({ inputs, parameters, right }) => {
    if (parameters.loss === 'squares') return right(inputs, parameters)
    const { targets } = inputs
    const [N, C] = targets.shape as [number, number]
    const { scores } = reference(number, inputs, {})
    // The bias is enough to show it.
    const answer = right(inputs, parameters)
    const probability = (n: number, c: number) => {
      let all = 0
      for (let k = 0; k < C; k++) all += Math.exp(scores.at(n, k) - scores.at(n, c))
      return 1 / all
    }
    return {
      ...answer,
      dBias: build([C], (c) => {
        let sum = 0
        for (let n = 0; n < N; n++) sum += (probability(n, c) - targets.at(n, c)) / N
        return sum
      }),
    }
  },
)
