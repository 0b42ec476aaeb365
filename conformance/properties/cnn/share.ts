import { build, sum } from '../../../reference/arithmetic/array.ts'
import { conv2dBiasGradient, conv2dFilterGradient } from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  locallyConnected,
  locallyConnectedGradient,
  shareWeights,
} from '../../../spec/cnn/share.ts'
import { array } from '../../../spec/language/operation.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { plain } from '../../kit/arrays.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { biasFirstRow, filterTurns } from './backprop-faults.ts'
import {
  pointDimensions,
  small,
  smallDimensions,
  wholeDimensions,
  wholeParameters,
} from './conv2d-cases.ts'
import { flipsKernel } from './conv2d-faults.ts'
import {
  averagesBias,
  oneBiasAFilter,
  overwrites,
  sharesFirst,
  sharesGradient,
  turnsWindows,
} from './share-faults.ts'

/** The weights of a convolution and a gradient of its responses. */
const tied = {
  ...small,
  inputs: { ...small.inputs, dy: array('any gradient', 'N', 'Ho', 'Wo', 'Q') },
} as const

/** The weights and biases of a convolution, repeated at every position. */
function repeated<T>({ inputs, sizes }: Bench<T, typeof tied>) {
  const [filters, bias] = [plain(inputs.filters), plain(inputs.bias)]
  const { Ho, Wo } = sizes
  return {
    filters: build([Ho, Wo, ...filters.shape], (_i, _j, ...at) => filters.at(...at)),
    bias: build([Ho, Wo, ...bias.shape], (_i, _j, q) => bias.at(q)),
  }
}

export const shareProperties = properties(
  shareWeights,
  agreement(locallyConnected, 'integers', {
    name: 'exact',
    within: { dimensions: smallDimensions },
    title: 'a locally connected layer equals the reference to the bit on small integers',
    kills: [sharesFirst, oneBiasAFilter, turnsWindows],
    share: 0.5,
  }),
  agreement(locallyConnected, 'reals', {
    name: 'bounded',
    within: { dimensions: smallDimensions },
    title: 'a locally connected layer is within the derived bound of the reference',
    kills: [sharesFirst, oneBiasAFilter],
    share: 0.3,
  }),
  agreement(locallyConnectedGradient, 'integers', {
    name: 'gradient-exact',
    within: { dimensions: smallDimensions },
    title: 'its gradients equal the reference to the bit on small integers',
    kills: [sharesGradient, overwrites, averagesBias],
    share: 0.5,
  }),
  agreement(locallyConnectedGradient, 'reals', {
    name: 'gradient-bounded',
    within: { dimensions: smallDimensions },
    title: 'its gradients are within the derived bound of the reference',
    kills: [sharesGradient, overwrites],
    share: 0.3,
  }),
  agreement(locallyConnected, 'integers', {
    name: 'point',
    within: { dimensions: pointDimensions },
    title: 'with a kernel of 1 × 1, every pixel is multiplied by a matrix of its own',
    kills: [sharesFirst],
    share: 0.1,
  }),
  agreement(locallyConnectedGradient, 'integers', {
    name: 'gradient-point',
    within: { dimensions: pointDimensions },
    title: 'with a kernel of 1 × 1, so are its gradients',
    kills: [sharesGradient],
    share: 0.1,
  }),
  agreement(locallyConnected, 'integers', {
    name: 'whole',
    within: { dimensions: wholeDimensions, parameters: wholeParameters },
    title: 'with a kernel as large as the image, it is the convolution',
    kills: [turnsWindows],
    share: 0.1,
  }),
  agreement(locallyConnectedGradient, 'integers', {
    name: 'gradient-whole',
    within: { dimensions: wholeDimensions, parameters: wholeParameters },
    title: 'with a kernel as large as the image, its gradients have one position',
    kills: [averagesBias],
    share: 0.1,
  }),
  law('tied', {
    of: tied,
    asks: [conv2d, locallyConnected],
    title: 'the same weights at every position give the convolution, to the bit',
    kills: [flipsKernel, turnsWindows],
    share: 0.5,
    async holds(bench) {
      const { inputs, measure, parameters } = bench
      const { x, filters, bias } = inputs
      const shared = await measure(conv2d, { x, filters, bias }, parameters)
      const local = await measure(locallyConnected, { x, ...repeated(bench) }, parameters)
      return [{ label: 'y', expected: shared.y, actual: local.y }]
    },
  }),
  lawTwice(
    'tied-gradient',
    {
      of: tied,
      asks: [locallyConnectedGradient, conv2dFilterGradient, conv2dBiasGradient],
      title: 'the gradients of all positions add up to those of the convolution',
      kills: [sharesGradient, filterTurns, biasFirstRow],
      share: 0.5,
      async holds(bench) {
        const { arithmetic, inputs, measure, parameters, sizes } = bench
        const { x, dy } = inputs
        const { Hf, Wf, Ho, Wo } = sizes
        const { filters } = repeated(bench)
        const local = await measure(locallyConnectedGradient, { x, filters, dy }, parameters)
        const kernelSize = [Hf, Wf]
        const { dFilters } = await measure(
          conv2dFilterGradient,
          { x, dy },
          { ...parameters, kernelSize },
        )
        const { dBias } = await measure(conv2dBiasGradient, { dy }, {})
        return [
          {
            label: 'dFilters',
            expected: build(dFilters.shape, (...at) =>
              sum(arithmetic, [Ho, Wo], (i, j) => local.dFilters.at(i, j, ...at)),
            ),
            actual: dFilters,
          },
          {
            label: 'dBias',
            expected: build(dBias.shape, (q) =>
              sum(arithmetic, [Ho, Wo], (i, j) => local.dBias.at(i, j, q)),
            ),
            actual: dBias,
          },
        ]
      },
    },
    { kills: [sharesGradient, filterTurns], share: 0.2 },
  ),
)
