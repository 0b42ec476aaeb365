import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { depthwise } from '../../../spec/efficient/depthwise.ts'
import { pointwise } from '../../../spec/efficient/pointwise.ts'
import { factorized, separable, separableGradient } from '../../../spec/efficient/separable.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, numbers, plain, zeros } from '../../kit/arrays.ts'
import { degreeOne } from '../../kit/degree-one.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  alwaysRectifies,
  biasBeforePadding,
  filtersOutside,
  forgetsFirstBias,
  gradientAveragesBias,
  gradientIgnoresRectifiers,
  gradientSkipsDepthwise,
  neverRectifies,
  rectifiesOnce,
} from './separable-faults.ts'

const { strides, dilations, padding } = separable.parameters
/** The block without rectifiers, of which clean statements hold. */
const linear = { ...separable, parameters: { strides, dilations, padding } }
const linearGradient = { ...separableGradient, parameters: { strides, dilations, padding } }

export const separableProperties = properties(
  factorized,
  agreement(separable, 'integers', {
    kills: [neverRectifies, rectifiesOnce, forgetsFirstBias, biasBeforePadding, filtersOutside],
  }),
  agreement(separable, 'reals', { kills: [neverRectifies, forgetsFirstBias, filtersOutside] }),
  agreement(separableGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientIgnoresRectifiers, gradientAveragesBias, gradientSkipsDepthwise],
  }),
  agreement(separableGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientIgnoresRectifiers, gradientSkipsDepthwise],
  }),
  law('product-filters', {
    of: linear,
    asks: [separable, conv2d],
    title: 'without rectifiers it is the convolution whose filters are the products',
    kills: [alwaysRectifies, forgetsFirstBias, filtersOutside],
    async holds({ inputs, measure, parameters, sizes: { Hf, Wf, K, M, P, Q } }) {
      const [D, mixing] = [plain(inputs.depthwise), plain(inputs.pointwise)]
      const filters = build([Hf, Wf, K, Q], (u, v, k, q) =>
        sum(number, [M], (m) => D.at(u, v, k, m) * mixing.at(0, 0, k * M + m, q)),
      )
      const { x, depthwiseBias, pointwiseBias } = inputs
      const through = (q: number) =>
        sum(number, [P], (p) => depthwiseBias.data[p] * mixing.at(0, 0, p, q))
      const bias = changed(pointwiseBias, (b, q) => b + through(q))
      const { y } = await measure(separable, inputs, { ...parameters, activation: 'linear' })
      const whole = await measure(conv2d, { x, filters, bias }, parameters)
      return [{ label: 'y', expected: whole.y, actual: y }]
    },
  }),
  law('composed', {
    of: linear,
    asks: [separable, depthwise, pointwise],
    title: 'without biases it is the depthwise convolution followed by the pointwise one',
    kills: [alwaysRectifies, filtersOutside],
    async holds({ arithmetic, inputs, measure, parameters, sizes: { P, Q } }) {
      const biases = { depthwiseBias: zeros([P]), pointwiseBias: zeros([Q]) }
      const block = { ...inputs, ...biases }
      const { y } = await measure(separable, block, { ...parameters, activation: 'linear' })
      const { x, depthwise: filters, pointwise: mixing } = inputs
      const g = numbers(arithmetic, (await measure(depthwise, { x, filters }, parameters)).y)
      const mixed = await measure(pointwise, { x: g, filters: mixing }, {})
      return [{ label: 'y', expected: mixed.y, actual: y }]
    },
  }),
  degreeOne('bilinear', separable, separableGradient, {
    within: linearGradient,
    always: { activation: 'linear' },
    title: 'without rectifiers gradients times weights and biases give y times dy, layer by layer',
    kills: [gradientAveragesBias, gradientSkipsDepthwise],
    layers: [
      { weights: ['pointwise'], biases: ['pointwiseBias'] },
      { weights: ['depthwise'], biases: ['depthwiseBias'] },
      { weights: ['x'] },
    ],
  }),
)
