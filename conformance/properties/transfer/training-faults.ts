import { build } from '../../../reference/arithmetic/array.ts'
import {
  trainHead as headReference,
  finetune as reference,
} from '../../../reference/transfer/training.ts'
import { finetune, trainHead } from '../../../spec/transfer/training.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const headKeepsBias = fault(
  trainHead,
  headReference,
  'does not train the biases',
  ({ inputs, parameters, right }) => ({ ...right(inputs, parameters), bias: inputs.bias }),
)

export const headForgetsMomentum = fault(
  trainHead,
  headReference,
  'starts the velocity anew in every step',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, momentum: 0 }),
)

export const headStaysInBatch = fault(
  trainHead,
  headReference,
  'takes the same first samples in every step',
  ({ inputs, parameters, right }) => {
    const { descriptors, targets } = inputs
    const [N, F] = descriptors.shape as [number, number]
    const first = (n: number) => (n % parameters.batch) % N
    const rows = parameters.batch * parameters.steps
    return right(
      {
        ...inputs,
        descriptors: build([rows, F], (n, f) => descriptors.at(first(n), f)),
        targets: build([rows, targets.shape[1]!], (n, c) => targets.at(first(n), c)),
      },
      parameters,
    )
  },
)

export const headSumsBatch = fault(
  trainHead,
  headReference,
  'takes the sum over the batch instead of the mean, with the rate as it is',
  ({ inputs, parameters, right }) => {
    const { batch, decay } = parameters
    return right(inputs, { ...parameters, rate: parameters.rate * batch, decay: decay / batch })
  },
)

export const headKeepsFirst = fault(
  trainHead,
  headReference,
  'loses what a descriptor has beyond its first number',
  ({ inputs, parameters, right }) => {
    const descriptors = build(inputs.descriptors.shape, (n, f) =>
      f === 0 ? inputs.descriptors.at(n, f) : 0,
    )
    return right({ ...inputs, descriptors }, parameters)
  },
)

export const finetuneTrainsAll = fault(
  finetune,
  reference,
  'trains the frozen layers too',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, frozen: 0 }),
)

export const finetuneFreezesMore = fault(
  finetune,
  reference,
  'freezes one layer too many',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, frozen: Math.min(2, parameters.frozen + 1) }),
)

export const finetuneDecaysFrozen = fault(
  finetune,
  reference,
  'applies weight decay to frozen layers',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const left = (1 - parameters.rate * parameters.decay) ** parameters.steps
    const shrink = (layer: typeof answer.head, of: number) =>
      parameters.frozen >= of ? mapArray(layer, (w) => w * left) : layer
    return {
      ...answer,
      weights1: shrink(answer.weights1, 1),
      biases1: shrink(answer.biases1, 1),
      weights2: shrink(answer.weights2, 2),
      biases2: shrink(answer.biases2, 2),
    }
  },
)

export const finetuneReshuffles = fault(
  finetune,
  reference,
  'pairs the samples with the targets of the next ones',
  ({ inputs, parameters, right }) => {
    const [N, C] = inputs.targets.shape as [number, number]
    const targets = build([N, C], (n, c) => inputs.targets.at((n + 1) % N, c))
    return right({ ...inputs, targets }, parameters)
  },
)
