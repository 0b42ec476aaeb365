import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { depthwise } from '../../../spec/efficient/depthwise.ts'
import { pointwise } from '../../../spec/efficient/pointwise.ts'
import { factorized, separable, separableGradient } from '../../../spec/efficient/separable.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { inner, scalar } from '../../kit/inner.ts'
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

type Four = [number, number, number, number]

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
    async holds(bench) {
      const { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias } = bench.inputs
      const [Hf, Wf, K, M] = D.shape as Four
      const Q = P.shape[3]!
      const d = fromData(D.shape, Array.from(D.data))
      const p = fromData([K * M, Q], Array.from(P.data))
      const filters = build([Hf, Wf, K, Q], (u, v, k, q) => {
        let sum = 0
        for (let m = 0; m < M; m++) sum += d.at(u, v, k, m) * p.at(k * M + m, q)
        return sum
      })
      const bias = build([Q], (q) => {
        let sum = pointwiseBias.data[q]!
        for (let k = 0; k < K * M; k++) sum += depthwiseBias.data[k]! * p.at(k, q)
        return sum
      })
      const parameters = { ...bench.parameters }
      const { y } = await bench.measure(separable, bench.inputs, {
        ...parameters,
        activation: 'linear',
      })
      const whole = await bench.measure(conv2d, { x, filters, bias }, parameters)
      return [{ label: 'y', expected: whole.y, actual: y }]
    },
  }),
  law('composed', {
    of: linear,
    asks: [separable, depthwise, pointwise],
    title: 'without biases it is the depthwise convolution followed by the pointwise one',
    kills: [alwaysRectifies, filtersOutside],
    async holds(bench) {
      const { x, depthwise: D, pointwise: P } = bench.inputs
      const zeros = (length: number) => fromData([length], new Array<number>(length).fill(0))
      const [depthwiseBias, pointwiseBias] = [zeros(P.shape[2]!), zeros(P.shape[3]!)]
      const inputs = { x, depthwise: D, depthwiseBias, pointwise: P, pointwiseBias }
      const parameters = { ...bench.parameters }
      const { y } = await bench.measure(separable, inputs, { ...parameters, activation: 'linear' })
      const g = (await bench.measure(depthwise, { x, filters: D }, parameters)).y
      const exact: Argument = fromData(g.shape, g.data.map(bench.arithmetic.toNumber))
      const mixed = await bench.measure(pointwise, { x: exact, filters: P }, {})
      return [{ label: 'y', expected: mixed.y, actual: y }]
    },
  }),
  law('bilinear', {
    of: linearGradient,
    asks: [separable, separableGradient],
    title: 'without rectifiers gradients times weights and biases give y times dy, layer by layer',
    kills: [gradientAveragesBias, gradientSkipsDepthwise],
    async holds(bench) {
      const { arithmetic } = bench
      const parameters = { ...bench.parameters, activation: 'linear' } as const
      const { dy, ...inputs } = bench.inputs
      const { y } = await bench.measure(separable, inputs, parameters)
      const d = await bench.measure(separableGradient, bench.inputs, parameters)
      const times = (name: keyof typeof inputs, by: typeof y) =>
        inner(arithmetic, bench.array(name), by)
      const mixing = times('pointwise', d.dPointwise)
      const filtering = times('depthwise', d.dDepthwise)
      return [
        {
          label: '⟨P, dP⟩ + ⟨b_P, db_P⟩ = ⟨y, dy⟩',
          expected: scalar(inner(arithmetic, y, bench.array('dy'))),
          actual: scalar(arithmetic.add(mixing, times('pointwiseBias', d.dPointwiseBias))),
        },
        {
          label: '⟨D, dD⟩ + ⟨b_D, db_D⟩ = ⟨P, dP⟩',
          expected: scalar(mixing),
          actual: scalar(arithmetic.add(filtering, times('depthwiseBias', d.dDepthwiseBias))),
        },
        {
          label: '⟨x, dx⟩ = ⟨D, dD⟩',
          expected: scalar(filtering),
          actual: scalar(times('x', d.dx)),
        },
      ]
    },
  }),
)
