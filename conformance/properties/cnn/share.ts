import { build } from '../../../reference/arithmetic/array.ts'
import { conv2dBiasGradient, conv2dFilterGradient } from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import {
  locallyConnected,
  locallyConnectedGradient,
  shareWeights,
} from '../../../spec/cnn/share.ts'
import { array } from '../../../spec/language/operation.ts'
import type { Bench } from '../../engine/property.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { biasFirstRow, filterTurns } from './backprop-faults.ts'
import {
  agreementOn,
  plain,
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
  const [Ho, Wo] = [sizes.Ho!, sizes.Wo!]
  return {
    filters: build([Ho, Wo, ...filters.shape], (_i, _j, ...at) => filters.at(...at)),
    bias: build([Ho, Wo, ...bias.shape], (_i, _j, q) => bias.at(q)),
  }
}

async function answersAlike<T>(bench: Bench<T, typeof tied>) {
  const { inputs, parameters } = bench
  const { x, filters, bias } = inputs
  const shared = (await bench.measure(conv2d, { x, filters, bias }, parameters)).y
  const local = (await bench.measure(locallyConnected, { x, ...repeated(bench) }, parameters)).y
  return [{ label: 'the response', expected: shared, actual: local }]
}

async function gradientsAddUp<T>(bench: Bench<T, typeof tied>) {
  const { inputs, parameters, sizes, arithmetic } = bench
  const { x, dy } = inputs
  const { filters } = repeated(bench)
  const local = await bench.measure(locallyConnectedGradient, { x, filters, dy }, parameters)
  const kernelSize = [sizes.Hf!, sizes.Wf!]
  const shared = await bench.measure(conv2dFilterGradient, { x, dy }, { ...parameters, kernelSize })
  const { dBias } = await bench.measure(conv2dBiasGradient, { dy }, {})
  const positions = Array.from(
    { length: sizes.Ho! * sizes.Wo! },
    (_, p) => [Math.floor(p / sizes.Wo!), p % sizes.Wo!] as const,
  )
  return [
    {
      label: 'the gradient by the filters',
      expected: build(shared.dFilters.shape, (...at) =>
        arithmetic.total(positions.map(([i, j]) => local.dFilters.at(i, j, ...at))),
      ),
      actual: shared.dFilters,
    },
    {
      label: 'the gradient by the biases',
      expected: build(dBias.shape, (q) =>
        arithmetic.total(positions.map(([i, j]) => local.dBias.at(i, j, q))),
      ),
      actual: dBias,
    },
  ]
}

const smallLocal = { ...locallyConnected, dimensions: smallDimensions }
const smallGradient = { ...locallyConnectedGradient, dimensions: smallDimensions }

export const shareProperties = properties(
  shareWeights,
  agreementOn('exact', smallLocal, locallyConnected, 'integers', {
    title: 'a locally connected layer equals the reference to the bit on small integers',
    kills: [sharesFirst, oneBiasAFilter, turnsWindows],
    share: 0.5,
  }),
  agreementOn('bounded', smallLocal, locallyConnected, 'reals', {
    title: 'a locally connected layer is within the derived bound of the reference',
    kills: [sharesFirst, oneBiasAFilter],
    share: 0.3,
  }),
  agreementOn('gradient-exact', smallGradient, locallyConnectedGradient, 'integers', {
    title: 'its gradients equal the reference to the bit on small integers',
    kills: [sharesGradient, overwrites, averagesBias],
    share: 0.5,
  }),
  agreementOn('gradient-bounded', smallGradient, locallyConnectedGradient, 'reals', {
    title: 'its gradients are within the derived bound of the reference',
    kills: [sharesGradient, overwrites],
    share: 0.3,
  }),
  agreementOn(
    'point',
    { ...locallyConnected, dimensions: pointDimensions },
    locallyConnected,
    'integers',
    {
      title: 'with a kernel of 1 × 1, every pixel is multiplied by a matrix of its own',
      kills: [sharesFirst],
      share: 0.1,
    },
  ),
  agreementOn(
    'gradient-point',
    { ...locallyConnectedGradient, dimensions: pointDimensions },
    locallyConnectedGradient,
    'integers',
    {
      title: 'with a kernel of 1 × 1, so are its gradients',
      kills: [sharesGradient],
      share: 0.1,
    },
  ),
  agreementOn(
    'whole',
    { ...locallyConnected, dimensions: wholeDimensions, parameters: wholeParameters },
    locallyConnected,
    'integers',
    {
      title: 'with a kernel as large as the image, it is the convolution',
      kills: [turnsWindows],
      share: 0.1,
    },
  ),
  agreementOn(
    'gradient-whole',
    { ...locallyConnectedGradient, dimensions: wholeDimensions, parameters: wholeParameters },
    locallyConnectedGradient,
    'integers',
    {
      title: 'with a kernel as large as the image, its gradients have one position',
      kills: [averagesBias],
      share: 0.1,
    },
  ),
  law('tied', {
    of: tied,
    asks: [conv2d, locallyConnected],
    title: 'the same weights at every position give the convolution, to the bit',
    kills: [flipsKernel, turnsWindows],
    share: 0.5,
    holds: answersAlike,
  }),
  law('tied-gradient', {
    of: tied,
    asks: [locallyConnectedGradient, conv2dFilterGradient, conv2dBiasGradient],
    title: 'the gradients of all positions add up to those of the convolution, to the bit',
    kills: [sharesGradient, filterTurns, biasFirstRow],
    share: 0.5,
    holds: gradientsAddUp,
  }),
  law('tied-gradient-bounded', {
    of: tied,
    asks: [locallyConnectedGradient, conv2dFilterGradient, conv2dBiasGradient],
    values: 'reals',
    title: 'the gradients of all positions add up to those of the convolution, within the bound',
    kills: [sharesGradient, filterTurns],
    share: 0.2,
    holds: gradientsAddUp,
  }),
)
