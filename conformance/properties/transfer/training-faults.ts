import { build } from '../../../reference/arithmetic/array.ts'
import {
  trainHead as headReference,
  finetune as reference,
} from '../../../reference/transfer/training.ts'
import { finetune, trainHead } from '../../../spec/transfer/training.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongTrainHead = faultsOf(trainHead, headReference)
const wrongFinetune = faultsOf(finetune, reference)

export const headKeepsBias = wrongTrainHead.outputs(
  'does not train the biases',
  (_outputs, { inputs }) => ({ bias: inputs.bias }),
)

export const headForgetsMomentum = wrongTrainHead.parameters(
  'starts the velocity anew in every step',
  () => ({ momentum: 0 }),
)

export const headStaysInBatch = wrongTrainHead.inputs(
  'takes the same first samples in every step',
  ({ descriptors, targets }, { parameters }) => {
    const [N, F] = descriptors.shape as [number, number]
    const first = (n: number) => (n % parameters.batch) % N
    const rows = parameters.batch * parameters.steps
    return {
      descriptors: build([rows, F], (n, f) => descriptors.at(first(n), f)),
      targets: build([rows, targets.shape[1]!], (n, c) => targets.at(first(n), c)),
    }
  },
)

export const headSumsBatch = wrongTrainHead.parameters(
  'takes the sum over the batch instead of the mean, with the rate as it is',
  ({ batch, decay, rate }) => {
    return { rate: rate * batch, decay: decay / batch }
  },
)

export const headKeepsFirst = wrongTrainHead.inputs(
  'loses what a descriptor has beyond its first number',
  (inputs) => {
    const descriptors = build(inputs.descriptors.shape, (n, f) =>
      f === 0 ? inputs.descriptors.at(n, f) : 0,
    )
    return { descriptors }
  },
)

export const finetuneTrainsAll = wrongFinetune.parameters('trains the frozen layers too', () => ({
  frozen: 0,
}))

export const finetuneFreezesMore = wrongFinetune.parameters(
  'freezes one layer too many',
  ({ frozen }) => ({ frozen: Math.min(2, frozen + 1) }),
)

export const finetuneDecaysFrozen = wrongFinetune.outputs(
  'applies weight decay to frozen layers',
  (answer, { parameters }) => {
    const left = (1 - parameters.rate * parameters.decay) ** parameters.steps
    const shrink = (layer: typeof answer.head, of: number) =>
      parameters.frozen >= of ? changed(layer, (w) => w * left) : layer
    return {
      weights1: shrink(answer.weights1, 1),
      biases1: shrink(answer.biases1, 1),
      weights2: shrink(answer.weights2, 2),
      biases2: shrink(answer.biases2, 2),
    }
  },
)

export const finetuneReshuffles = wrongFinetune.inputs(
  'pairs the samples with the targets of the next ones',
  (inputs) => {
    const [N, C] = inputs.targets.shape as [number, number]
    const targets = build([N, C], (n, c) => inputs.targets.at((n + 1) % N, c))
    return { targets }
  },
)
