import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { fire, fireGradient, fireModule } from '../../../spec/efficient/fire.ts'
import { agreement } from '../../kit/agreement.ts'
import { inner, scalar } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  expandsLinearly,
  gradientIgnoresSqueeze,
  gradientOfLargeOnly,
  gradientSwapsHalves,
  largeFirst,
  padsOnOneSide,
  squeezesLinearly,
} from './fire-faults.ts'

export const fireProperties = properties(
  fireModule,
  agreement(fire, 'integers', {
    kills: [largeFirst, squeezesLinearly, expandsLinearly, padsOnOneSide],
  }),
  agreement(fire, 'reals', { kills: [largeFirst, expandsLinearly, padsOnOneSide] }),
  agreement(fireGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientOfLargeOnly, gradientSwapsHalves, gradientIgnoresSqueeze],
  }),
  agreement(fireGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientOfLargeOnly, gradientSwapsHalves],
  }),
  law('halves-apart', {
    of: fire,
    values: 'reals',
    title: 'other 3 × 3 filters leave what the 1 × 1 filters give as it is, and it comes first',
    kills: [largeFirst],
    async holds({ answer, inputs }) {
      const A = inputs.expand1Bias.data.length
      const other = (name: 'expand3' | 'expand3Bias') =>
        fromData(
          inputs[name].shape,
          Array.from(inputs[name].data, (v) => 1 - v),
        )
      const before = (await answer(fire, inputs, {})).y
      const changed = { ...inputs, expand3: other('expand3'), expand3Bias: other('expand3Bias') }
      const after = (await answer(fire, changed, {})).y
      const first = (y: typeof before) => build(y.shape.with(3, A), (...at) => y.at(...at))
      return [{ label: 'first channels', expected: first(before), actual: first(after) }]
    },
  }),
  law('homogeneous', {
    of: fireGradient,
    asks: [fire, fireGradient],
    title: 'each layer is of degree one, so gradients times weights and biases give y times dy',
    kills: [gradientOfLargeOnly, gradientSwapsHalves, gradientIgnoresSqueeze],
    async holds(bench) {
      const { arithmetic } = bench
      const { dy, ...inputs } = bench.inputs
      const { y } = await bench.measure(fire, inputs, {})
      const d = await bench.measure(fireGradient, { ...inputs, dy }, {})
      const times = (name: keyof typeof inputs, by: typeof y) =>
        inner(arithmetic, bench.array(name), by)
      const expanding = [times('expand1', d.dExpand1), times('expand3', d.dExpand3)]
      const biases = [times('expand1Bias', d.dExpand1Bias), times('expand3Bias', d.dExpand3Bias)]
      const squeezing = times('squeeze', d.dSqueeze)
      return [
        {
          label: 'expand layer: ⟨E, dE⟩ + ⟨b, db⟩ = ⟨y, dy⟩',
          expected: scalar(inner(arithmetic, y, bench.array('dy'))),
          actual: scalar(arithmetic.total([...expanding, ...biases])),
        },
        {
          label: '⟨S, dS⟩ + ⟨b_s, db_s⟩ = ⟨E, dE⟩',
          expected: scalar(arithmetic.total(expanding)),
          actual: scalar(arithmetic.add(squeezing, times('squeezeBias', d.dSqueezeBias))),
        },
        {
          label: '⟨x, dx⟩ = ⟨S, dS⟩',
          expected: scalar(squeezing),
          actual: scalar(times('x', d.dx)),
        },
      ]
    },
  }),
)
