import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import {
  block,
  blockGradient,
  forward,
  gradient,
  identityFree,
} from '../../../spec/resnet/block.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { numbers, zeros } from '../../kit/arrays.ts'
import { degreeOne } from '../../kit/degree-one.ts'
import { equivariance } from '../../kit/equivariance.ts'
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

/** x − y, element by element. */
function minus<T>({ subtract }: Arithmetic<T>, x: NumberArray<T>, y: NumberArray<T>) {
  return build(x.shape, (...at) => subtract(x.at(...at), y.at(...at)))
}

const forwardProperties = properties(
  forward,
  agreement(block, 'integers', {
    kills: [forgetsShortcut, rectifiesBeforeAddition, rectifiesShortcut, noInnerRectifier],
  }),
  agreement(block, 'reals', { kills: [neverRectifiesSum, forgetsSecondBias, padsOnOneSide] }),
  equivariance('residual', {
    of: block,
    within: { ...block, parameters: clean },
    always: { shortcut: 'identity' },
    title: 'what the block adds to its input is what the same layers give without a shortcut',
    kills: [forgetsShortcut, addsInputTwice, rectifiesEverySum],
    parameters: () => ({ shortcut: 'none' }) as const,
    // F(x) = H(x) − x.
    outputs: ({ y }, { arithmetic, array }) => ({ y: minus(arithmetic, y, array('x')) }),
  }),
)

/** A block without weights, and its image. */
const zeroWeights = (
  x: Argument,
  weights: Readonly<Record<'filters1' | 'bias1' | 'filters2' | 'bias2', Argument>>,
) => ({
  x,
  filters1: zeros(weights.filters1.shape),
  bias1: zeros(weights.bias1.shape),
  filters2: zeros(weights.filters2.shape),
  bias2: zeros(weights.bias2.shape),
})

const identityProperties = properties(
  identityFree,
  law('identity', {
    of: { ...block, parameters: clean },
    asks: [block],
    values: 'reals',
    title: 'with all weights zero, three blocks in a row return their input',
    kills: [forgetsShortcut, addsInputTwice, rectifiesShortcut],
    async holds({ arithmetic, exact, inputs, measure, parameters: { variant } }) {
      let x: Argument = inputs.x
      const comparisons = []
      for (const depth of [1, 2, 3]) {
        const question = zeroWeights(x, inputs)
        // Measured, since a device may flush subnormal numbers; all others come back to the bit.
        const { y } = await measure(block, question, { shortcut: 'identity', variant })
        comparisons.push({ label: `block ${depth}`, expected: exact(x), actual: y })
        x = numbers(arithmetic, y)
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
    async holds({ arithmetic, array, inputs, measure }) {
      const { exact, maximum } = arithmetic
      const original = { shortcut: 'identity', variant: 'original' } as const
      const x = array('x')
      return [
        {
          label: 'φ(H(x)) = max(x, 0)',
          expected: build(x.shape, (...at) => maximum([x.at(...at), exact(0)])),
          actual: (await measure(block, zeroWeights(inputs.x, inputs), original)).y,
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
  equivariance('additive', {
    of: blockGradient,
    within: { ...blockGradient, parameters: clean },
    always: { shortcut: 'identity' },
    title: 'the shortcut adds the gradient of the output, and nothing to those of the weights',
    kills: [gradientForgetsShortcut, gradientUnchanged],
    parameters: () => ({ shortcut: 'none' }) as const,
    outputs: ({ dx }, { arithmetic, array }) => ({ dx: minus(arithmetic, dx, array('dy')) }),
  }),
  degreeOne('homogeneous', block, blockGradient, {
    within: { ...blockGradient, parameters: clean },
    always: { shortcut: 'none' },
    title: 'each layer of the branch is of degree one, so gradients times weights give F times dy',
    kills: [gradientAveragesBias, gradientSeesShortcutInFilters, gradientKeepsFilters],
    layers: [
      { weights: ['filters2'], biases: ['bias2'] },
      { weights: ['filters1'], biases: ['bias1'] },
      { weights: ['x'] },
    ],
  }),
)

export const blockProperties = [...forwardProperties, ...identityProperties, ...gradientProperties]
