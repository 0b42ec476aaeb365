import { build } from '../../../reference/arithmetic/array.ts'
import { basicBlockLayers as reference } from '../../../reference/resnet/basic.ts'
import { basicBlockLayers } from '../../../spec/resnet/basic.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(basicBlockLayers, reference)

export const keepsLastOnly = wrong.outputs(
  'keeps only what the last convolution gives',
  ({ activations }) => ({ activations: scalar(activations.at() / 3) }),
)

export const countsBiases = wrong.outputs(
  'counts the biases among the weights',
  ({ weights }, { parameters: { channels } }) => ({
    weights: changed(weights, (count) => count + channels),
  }),
)

export const shrinks = wrong.outputs(
  'lets each convolution take one ring of pixels away',
  (_, { parameters: { rows, columns, channels } }) => {
    const left = (size: number, layer: number) => Math.max(0, size - 2 * layer)
    const shape = (layer: number) => [left(rows, layer), left(columns, layer), channels]
    return {
      shapes: build([3, 3], (layer, axis) => shape(layer)[axis]),
      multiplyAdds: build([2], (layer) => {
        const [H, W] = shape(layer + 1)
        return H * W * 9 * channels * channels
      }),
    }
  },
)
