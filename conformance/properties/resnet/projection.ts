import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { block } from '../../../spec/resnet/block.ts'
import {
  projectionBlock,
  projectionBlockGradient,
  sameSize,
} from '../../../spec/resnet/projection.ts'
import { type Invalidity, invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
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

const head = (tensor: Tensor, shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(
    tensor.data.slice(
      0,
      shape.reduce((a, b) => a * b, 1),
    ),
  ),
})

/** A second convolution of a single filter, which array libraries would broadcast. */
const singleFilter: Invalidity = {
  name: 'a branch of one channel beside an input of several',
  argument: 'filters2 or bias2',
  spoil: ({ sizes, inputs, parameters }) => {
    if (sizes.C === 1) return undefined
    const filters2 = head(inputs.filters2!, [3, 3, sizes.C!, 1])
    const bias2 = head(inputs.bias2!, [1])
    return { inputs: { ...inputs, filters2, bias2 }, parameters }
  },
}

const zeros = (tensor: Tensor): NumberArray<number> =>
  fromData(
    tensor.shape,
    Array.from(tensor.data, () => 0),
  )

export const projectionProperties = properties(
  sameSize,
  rejection('rejected', block, [singleFilter, ...invalidities(block)], {
    title: 'a branch of another shape than the input is rejected, not broadcast',
    kills: [broadcasts],
  }),
  rejection('projection-rejected', projectionBlock, invalidities(projectionBlock), {
    title: 'a projection of other channels than input and branch is rejected',
    kills: [
      {
        ...broadcasts,
        id: 'resnet.projectionBlock: answers whatever the shapes',
        name: 'answers whatever the shapes',
        operation: projectionBlock,
      },
    ],
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
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { y } = await measure(
        projectionBlock,
        {
          x: inputs.x,
          filters1: zeros(inputs.filters1),
          bias1: zeros(inputs.bias1),
          filters2: zeros(inputs.filters2),
          bias2: zeros(inputs.bias2),
          projection: inputs.projection,
        },
        { ...parameters, variant: 'linear' },
      )
      const [x, projection] = [array('x'), array('projection')]
      const { stride } = parameters
      const expected = build(y.shape, (n, i, j, q) =>
        arithmetic.total(
          Array.from({ length: x.shape[3]! }, (_, c) =>
            arithmetic.multiply(x.at(n, stride * i, stride * j, c), projection.at(0, 0, c, q)),
          ),
        ),
      )
      return [{ label: 'y = W_s x at every S-th pixel', expected, actual: y }]
    },
  }),
)
