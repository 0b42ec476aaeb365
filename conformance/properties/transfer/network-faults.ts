import { build } from '../../../reference/arithmetic/array.ts'
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
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongNetwork = faultsOf(network, reference)
const wrongNetworkLoss = faultsOf(networkLoss, lossReference)
const wrongNetworkGradient = faultsOf(networkGradient, gradientReference)

export const forgetsBiases = wrongNetwork.inputs(
  'forgets the biases of the kept layers',
  (inputs) => {
    const none = (b: typeof inputs.bias) => changed(b, () => 0)
    return { biases1: none(inputs.biases1), biases2: none(inputs.biases2) }
  },
)

export const rectifiesScores = wrongNetwork.outputs('rectifies the scores too', (answer) => {
  return { scores: changed(answer.scores, (z) => Math.max(0, z)) }
})

export const headOnLower = wrongNetwork.inputs(
  'makes the kept layers anew with the head',
  (inputs) => {
    const C = inputs.bias.shape[0]!
    const weights2 = changed(inputs.weights2, (w) => w * C)
    return { weights2 }
  },
)

export const lossSums = wrongNetworkLoss.outputs(
  'adds the losses of the samples instead of taking their mean',
  (outputs, { inputs }) => {
    const N = inputs.x.shape[0]!
    return { loss: changed(outputs.loss, (loss) => loss * N) }
  },
)

export const gradientSums = wrongNetworkGradient.outputs(
  'gives the gradient of the sum over the samples',
  (outputs, { inputs }) => {
    const N = inputs.x.shape[0]!
    const answer = outputs
    const times = (array: typeof answer.dx) => changed(array, (v) => v * N)
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

export const gradientIgnoresRectifiers = wrongNetworkGradient.answer(
  'sends the gradient through rectifiers that gave 0',
  ({ inputs, parameters }) => {
    const { lower, higher, scores } = reference(number, inputs, {})
    const e3 = scoreGradient(number, scores, inputs.targets, parameters.loss)
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

export const gradientStops = wrongNetworkGradient.outputs(
  'sends nothing below the head',
  (answer) => {
    const nothing = (array: typeof answer.dx) => changed(array, () => 0)
    return {
      dx: nothing(answer.dx),
      dWeights1: nothing(answer.dWeights1),
      dBiases1: nothing(answer.dBiases1),
      dWeights2: nothing(answer.dWeights2),
      dBiases2: nothing(answer.dBiases2),
    }
  },
)

export const gradientIgnoresSoftmax = wrongNetworkGradient.parameters(
  'takes scores for probabilities',
  () => ({ loss: 'squares' }),
)

export const gradientOfOneHot = wrongNetworkGradient.answer(
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
