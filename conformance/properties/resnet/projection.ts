import { build, sum } from '../../../reference/arithmetic/array.ts'
import { block } from '../../../spec/resnet/block.ts'
import {
  projectionBlock,
  projectionBlockGradient,
  sameSize,
} from '../../../spec/resnet/projection.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Invalidity } from '../../arbitraries/invalidity.ts'
import { agreement } from '../../kit/agreement.ts'
import { zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import {
  answersAnyShape,
  broadcasts,
  forgetsProjection,
  gradientFillsSkipped,
  gradientForgetsProjection,
  gradientTakesNeighbours,
  projectsRectified,
  skipsRectifier,
  stridesInSecond,
  takesLastPixel,
} from './projection-faults.ts'

/** A second convolution of a single filter, which array libraries would broadcast. */
const singleFilter: Invalidity = {
  name: 'a branch of one channel beside an input of several',
  argument: 'filters2 or bias2',
  spoil: ({ sizes, inputs, parameters }) => {
    const { C } = sizes
    if (C === 1) return undefined
    const filters2 = tensor([3, 3, C, 1], Array.from(inputs.filters2.data).slice(0, 9 * C))
    const bias2 = tensor([1], [inputs.bias2.data[0]])
    return { inputs: { ...inputs, filters2, bias2 }, parameters }
  },
}

export const projectionProperties = properties(
  sameSize,
  rejection('rejected', block, [singleFilter, ...invalidities(block)], {
    title: 'a branch of another shape than the input is rejected, not broadcast',
    kills: [broadcasts],
  }),
  rejection('projection-rejected', projectionBlock, invalidities(projectionBlock), {
    title: 'a projection of other channels than input and branch is rejected',
    kills: [answersAnyShape],
  }),
  agreement(projectionBlock, 'integers', {
    kills: [forgetsProjection, projectsRectified, stridesInSecond, takesLastPixel],
  }),
  agreement(projectionBlock, 'reals', { kills: [skipsRectifier, forgetsProjection] }),
  agreement(projectionBlockGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientForgetsProjection, gradientFillsSkipped, gradientTakesNeighbours],
  }),
  agreement(projectionBlockGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientForgetsProjection, gradientFillsSkipped],
  }),
  law('shortcut-alone', {
    of: projectionBlock,
    title: 'without a branch, the block is the 1 × 1 convolution of every S-th pixel',
    kills: [forgetsProjection, takesLastPixel],
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { C } }) {
      const weightless = {
        ...inputs,
        filters1: zeros(inputs.filters1.shape),
        bias1: zeros(inputs.bias1.shape),
        filters2: zeros(inputs.filters2.shape),
        bias2: zeros(inputs.bias2.shape),
      }
      const { stride } = parameters
      const [x, W] = [array('x'), array('projection')]
      const { y } = await measure(projectionBlock, weightless, { stride, variant: 'linear' })
      return [
        {
          label: 'y = W_s x at every S-th pixel',
          expected: build(y.shape, (n, i, j, q) =>
            sum(arithmetic, [C], (c) =>
              arithmetic.multiply(x.at(n, stride * i, stride * j, c), W.at(0, 0, c, q)),
            ),
          ),
          actual: y,
        },
      ]
    },
  }),
)
