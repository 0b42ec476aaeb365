import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import {
  block,
  blockGradient,
  forward,
  gradient,
  identityFree,
} from '../../../spec/resnet/block.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { inner, scalar } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  addsInputTwice,
  forgetsSecondBias,
  forgetsShortcut,
  gradientAveragesBias,
  gradientForgetsInnerRectifier,
  gradientForgetsShortcut,
  gradientIgnoresLastRectifier,
  gradientKeepsFilters,
  gradientSeesShortcutInFilters,
  gradientUnchanged,
  neverRectifiesSum,
  noInnerRectifier,
  padsOnOneSide,
  rectifiesBeforeAddition,
  rectifiesEverySum,
  rectifiesShortcut,
} from './block-faults.ts'

/** The variants with nothing after the addition, of which clean statements hold. */
const clean = { variant: choice('linear', 'pre-activation') }
const cleanBlock = { ...block, parameters: clean }
const cleanGradient = { ...blockGradient, parameters: clean }

const scaled = (tensor: Tensor, factor: number) =>
  fromData(
    tensor.shape,
    Array.from(tensor.data, (value) => value * factor),
  )
const zeros = (tensor: Tensor) => scaled(tensor, 0)

/** x − y, element by element. */
function minus<T>(arithmetic: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>) {
  return build(x.shape, (...index) => arithmetic.subtract(x.at(...index), y.at(...index)))
}

const forwardProperties = properties(
  forward,
  agreement(block, 'integers', {
    kills: [forgetsShortcut, rectifiesBeforeAddition, rectifiesShortcut, noInnerRectifier],
  }),
  agreement(block, 'reals', { kills: [neverRectifiesSum, forgetsSecondBias, padsOnOneSide] }),
  law('residual', {
    of: cleanBlock,
    asks: [block],
    title: 'what the block adds to its input is what the same layers give without a shortcut',
    kills: [forgetsShortcut, addsInputTwice, rectifiesEverySum],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { variant } = parameters
      const whole = await measure(block, inputs, { shortcut: 'identity', variant })
      const branch = await measure(block, inputs, { shortcut: 'none', variant })
      return [
        {
          label: 'H(x) − F(x) = x',
          expected: array('x'),
          actual: minus(arithmetic, whole.y, branch.y),
        },
      ]
    },
  }),
)

const zeroWeights = (
  inputs: Readonly<Record<'x' | 'filters1' | 'bias1' | 'filters2' | 'bias2', Tensor>>,
) => ({
  x: inputs.x,
  filters1: zeros(inputs.filters1),
  bias1: zeros(inputs.bias1),
  filters2: zeros(inputs.filters2),
  bias2: zeros(inputs.bias2),
})

const identityProperties = properties(
  identityFree,
  law('identity', {
    of: cleanBlock,
    asks: [block],
    values: 'reals',
    title: 'with all weights zero, three blocks in a row return their input',
    kills: [forgetsShortcut, addsInputTwice, rectifiesShortcut],
    async holds(bench) {
      const parameters = { shortcut: 'identity', variant: bench.parameters.variant } as const
      const inputs = zeroWeights(bench.inputs)
      let x: Argument = bench.inputs.x
      const comparisons = []
      for (let depth = 1; depth <= 3; depth++) {
        // Measured, since a device may flush subnormal numbers; all others come back to the bit.
        const { y } = await bench.measure(block, { ...inputs, x }, parameters)
        comparisons.push({ label: `block ${depth}`, expected: bench.exact(x), actual: y })
        x = fromData(y.shape, y.data.map(bench.arithmetic.toNumber)) as Argument
      }
      return comparisons
    },
  }),
  law('rectified', {
    of: { ...block, parameters: {} },
    asks: [block],
    values: 'reals',
    title: 'with the rectifier after the addition, zero weights give max(x, 0)',
    kills: [forgetsShortcut, neverRectifiesSum, rectifiesBeforeAddition],
    async holds(bench) {
      const inputs = zeroWeights(bench.inputs)
      const parameters = { shortcut: 'identity', variant: 'original' } as const
      const x = bench.array('x')
      const zero = bench.arithmetic.exact(0)
      return [
        {
          label: 'φ(H(x)) = max(x, 0)',
          expected: build(x.shape, (...at) => bench.arithmetic.maximum([x.at(...at), zero])),
          actual: (await bench.measure(block, inputs, parameters)).y,
        },
      ]
    },
  }),
)

const gradientProperties = properties(
  gradient,
  agreement(blockGradient, 'integers', {
    kills: [
      gradientForgetsShortcut,
      gradientUnchanged,
      gradientIgnoresLastRectifier,
      gradientSeesShortcutInFilters,
    ],
  }),
  agreement(blockGradient, 'reals', {
    kills: [gradientKeepsFilters, gradientAveragesBias, gradientForgetsInnerRectifier],
  }),
  law('additive', {
    of: cleanGradient,
    asks: [blockGradient],
    title: 'the shortcut adds the gradient of the output, and nothing to those of the weights',
    kills: [gradientForgetsShortcut, gradientUnchanged],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { variant } = parameters
      const ask = (shortcut: 'identity' | 'none') =>
        measure(blockGradient, inputs, { shortcut, variant })
      const [whole, branch] = [await ask('identity'), await ask('none')]
      return [
        {
          label: 'dx − dx without shortcut = dy',
          expected: array('dy'),
          actual: minus(arithmetic, whole.dx, branch.dx),
        },
        { label: 'dFilters1', expected: branch.dFilters1, actual: whole.dFilters1 },
        { label: 'dBias1', expected: branch.dBias1, actual: whole.dBias1 },
        { label: 'dFilters2', expected: branch.dFilters2, actual: whole.dFilters2 },
        { label: 'dBias2', expected: branch.dBias2, actual: whole.dBias2 },
      ]
    },
  }),
  law('homogeneous', {
    of: cleanGradient,
    asks: [block, blockGradient],
    title: 'each layer of the branch is of degree one, so gradients times weights give F times dy',
    kills: [gradientAveragesBias, gradientSeesShortcutInFilters, gradientKeepsFilters],
    async holds(bench) {
      const { arithmetic } = bench
      const parameters = { shortcut: 'none', variant: bench.parameters.variant } as const
      const { dy, ...inputs } = bench.inputs
      const branch = (await bench.measure(block, inputs, parameters)).y
      const d = await bench.measure(blockGradient, { ...inputs, dy }, parameters)
      const times = (name: keyof typeof inputs, by: NumberArray<(typeof branch.data)[number]>) =>
        inner(arithmetic, bench.array(name), by)
      const filters2 = times('filters2', d.dFilters2)
      const filters1 = times('filters1', d.dFilters1)
      return [
        {
          label: '⟨W₂, dW₂⟩ + ⟨b₂, db₂⟩ = ⟨F(x), dy⟩',
          expected: scalar(inner(arithmetic, branch, bench.array('dy'))),
          actual: scalar(arithmetic.add(filters2, times('bias2', d.dBias2))),
        },
        {
          label: '⟨W₁, dW₁⟩ + ⟨b₁, db₁⟩ = ⟨W₂, dW₂⟩',
          expected: scalar(filters2),
          actual: scalar(arithmetic.add(filters1, times('bias1', d.dBias1))),
        },
        {
          label: '⟨x, dx⟩ = ⟨W₁, dW₁⟩',
          expected: scalar(filters1),
          actual: scalar(times('x', d.dx)),
        },
      ]
    },
  }),
)

export const blockProperties = [...forwardProperties, ...identityProperties, ...gradientProperties]
