import { build } from '../../../reference/arithmetic/array.ts'
import {
  trainHead as headReference,
  finetune as reference,
} from '../../../reference/transfer/training.ts'
import { finetune, trainHead } from '../../../spec/transfer/training.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(finetune, reference)
const wrongHead = faultsOf(trainHead, headReference)

export const headKeepsBias = wrongHead.outputs('does not train the biases', (_, { inputs }) => ({
  bias: inputs.bias,
}))

export const headForgetsMomentum = wrongHead.parameters(
  'starts the velocity anew in every step',
  () => ({ momentum: 0 }),
)

export const headStaysInBatch = wrongHead.inputs(
  'takes the same first samples in every step',
  ({ descriptors, targets }, { parameters: { batch, steps }, sizes: { N, F, C } }) => {
    const first = (n: number) => (n % batch) % N
    return {
      descriptors: build([batch * steps, F], (n, f) => descriptors.at(first(n), f)),
      targets: build([batch * steps, C], (n, c) => targets.at(first(n), c)),
    }
  },
)

export const headSumsBatch = wrongHead.parameters(
  'takes the sum over the batch instead of the mean, with the rate as it is',
  ({ batch, decay, rate }) => ({ rate: rate * batch, decay: decay / batch }),
)

export const headKeepsFirst = wrongHead.inputs(
  'loses what a descriptor has beyond its first number',
  ({ descriptors }, { sizes: { F } }) => ({
    descriptors: changed(descriptors, (v, at) => (at % F === 0 ? v : 0)),
  }),
)

export const finetuneTrainsAll = wrong.parameters('trains the frozen layers too', () => ({
  frozen: 0,
}))

export const finetuneFreezesMore = wrong.parameters('freezes one layer too many', ({ frozen }) => ({
  frozen: Math.min(2, frozen + 1),
}))

export const finetuneDecaysFrozen = wrong.outputs(
  'applies weight decay to frozen layers',
  ({ weights1, biases1, weights2, biases2 }, { parameters: { frozen, rate, decay, steps } }) => {
    const left = (1 - rate * decay) ** steps
    const shrink = (layer: typeof weights1, of: number) =>
      changed(layer, (w) => (frozen >= of ? w * left : w))
    return {
      weights1: shrink(weights1, 1),
      biases1: shrink(biases1, 1),
      weights2: shrink(weights2, 2),
      biases2: shrink(biases2, 2),
    }
  },
)

export const finetuneReshuffles = wrong.inputs(
  'pairs the samples with the targets of the next ones',
  ({ targets }, { sizes: { N } }) => ({
    targets: permuted(targets, (n, c) => [(n + 1) % N, c]),
  }),
)
