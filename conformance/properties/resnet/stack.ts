import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import {
  activation,
  gradientHighway,
  gradientProduct,
  jacobianPaths,
  stack,
  stackGradient,
} from '../../../spec/resnet/stack.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { changed, part, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { inner } from '../../kit/inner.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  forgetsBiases,
  forgetsShortcuts,
  gradientFirstLayerFirst,
  gradientForgetsShortcuts,
  gradientForgetsTranspose,
  gradientIgnoresSlope,
  gradientLayerOff,
  gradientSkipsAlways,
  gradientUnchanged,
  layerOff,
  pathsInOrder,
  pathsToFirstOrder,
  pathsWithoutIdentity,
  rectifiesSums,
  shortcutFromStart,
  skipsAlways,
  stateSlips,
  transposesWeights,
} from './stack-faults.ts'

/** The sum of the squares of all elements. */
const squares = <T>(arithmetic: Arithmetic<T>, x: NumberArray<T>) => inner(arithmetic, x, x)

/** Whole weights of two units in −4..4 divided by 8 / q have a Frobenius norm of at most q. */
const contraction = (layers: ReturnType<typeof free>) => ({
  dimensions: { L: layers, D: derived(() => 2, 'units') },
  inputs: stackGradient.inputs,
  parameters: { activation },
})

/**
 * Weights of norm at most 1/2: two times two numbers of at most 1/4. The whole numbers that are drawn are mostly up to
 * 4 but for those that are made equal to sums of others, which are cut.
 */
const ofNormHalf = (weights: Argument) => changed(weights, (w) => Math.max(-4, Math.min(4, w)) / 16)

/**
 * Layers of two units that nearly reflect the first one in a residual stack, so that what passes neither
 * grows nor fades, while magnitudes alone would grow by about 3 a layer.
 */
const turning = (weights: Argument) =>
  changed(weights, (w, position) => w / 1024 - (position % 4 === 0 ? 1.99 : 0))

const fifty = derived(() => 50, 'layers')

const plainProperties = properties(
  gradientProduct,
  agreement(stackGradient, 'integers', {
    kills: [
      gradientSkipsAlways,
      gradientFirstLayerFirst,
      gradientForgetsTranspose,
      gradientIgnoresSlope,
    ],
  }),
  agreement(stackGradient, 'reals', { kills: [gradientSkipsAlways, gradientIgnoresSlope] }),
  law('product', {
    needsStates: true,
    of: { ...stackGradient, parameters: { activation } },
    asks: [stack, stackGradient],
    title: 'the gradient is that of the output times the transposed Jacobians, and no larger',
    kills: [gradientSkipsAlways, gradientFirstLayerFirst, gradientForgetsTranspose],
    async holds({
      arithmetic,
      array,
      inputs,
      measure,
      parameters: { activation },
      sizes: { L, D },
    }) {
      const { exact, multiply, subtract } = arithmetic
      const parameters = { shortcut: 'none', activation } as const
      const { x, weights, biases } = inputs
      const { branches } = await measure(stack, { x, weights, biases }, parameters)
      const { dx } = await measure(stackGradient, inputs, parameters)
      const [W, dy] = [array('weights'), array('dy')]
      const slope = (l: number, i: number) => {
        const f = branches.at(l, i)
        return activation === 'tanh' ? subtract(exact(1), multiply(f, f)) : exact(1)
      }
      let [product, bound] = [dy, squares(arithmetic, dy)]
      for (let l = L - 1; l >= 0; l--) {
        const later = product
        const J = build([D, D], (i, j) => multiply(slope(l, i), W.at(l, i, j)))
        product = build([D], (j) => sum(arithmetic, [D], (i) => multiply(J.at(i, j), later.at(i))))
        bound = multiply(bound, squares(arithmetic, J))
      }
      return [
        { label: 'dx = J₀ᵀ ⋯ dy', expected: product, actual: dx },
        atMost(arithmetic, '‖dx‖² ≤ Π‖J‖² ‖dy‖²', squares(arithmetic, dx), bound),
      ]
    },
  }),
  law('decay', {
    of: contraction(fifty),
    asks: [stackGradient],
    title: 'through fifty plain layers of norm at most 1/2 at most 2⁻⁵⁰ of the gradient is left',
    kills: [gradientSkipsAlways],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure, parameters: { activation } }) {
      const weights = ofNormHalf(inputs.weights)
      const parameters = { shortcut: 'none', activation } as const
      const { dx } = await measure(stackGradient, { ...inputs, weights }, parameters)
      const before = squares(arithmetic, array('dy'))
      const bound = arithmetic.multiply(arithmetic.exact(2 ** -100), before)
      return [atMost(arithmetic, '‖dx‖² ≤ 2⁻¹⁰⁰ ‖dy‖²', squares(arithmetic, dx), bound)]
    },
  }),
)

const highwayProperties = properties(
  gradientHighway,
  agreement(stack, 'integers', {
    kills: [forgetsShortcuts, skipsAlways, transposesWeights, rectifiesSums, shortcutFromStart],
  }),
  agreement(stack, 'reals', { kills: [forgetsShortcuts, forgetsBiases] }),
  agreement(stackGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientUnchanged, gradientForgetsShortcuts],
  }),
  agreement(jacobianPaths, 'integers', {
    name: 'paths-exact',
    kills: [pathsInOrder, pathsWithoutIdentity, pathsToFirstOrder],
  }),
  agreement(jacobianPaths, 'reals', {
    name: 'paths-bounded',
    kills: [pathsInOrder, pathsToFirstOrder],
  }),
  stepwise(stack, {
    title: 'each of fifty layers follows from the state that was returned before it',
    within: { ...stack, dimensions: { ...stack.dimensions, L: fifty } },
    states: 'states',
    step: stack,
    carry: { x: 'x' },
    withStart: true,
    ask: ({ t, before: { x }, inputs: { weights, biases }, parameters }) => {
      const [, D] = biases!.shape as [number, number]
      const layer = {
        x: x!,
        weights: part(plain(weights!), [1, D, D], [t]),
        biases: part(plain(biases!), [1, D], [t]),
      }
      return { inputs: layer, parameters }
    },
    gives: ({ states }) => ({ states: memberAt(states!, 0, 1) }),
    kills: [stateSlips],
    share: 0.2,
  }),
  law('sum-of-branches', {
    needsStates: true,
    of: { ...stack, parameters: { activation } },
    asks: [stack],
    title: 'the output is the input plus all branches, and every state the one before plus its own',
    kills: [forgetsShortcuts, rectifiesSums, shortcutFromStart],
    async holds({
      arithmetic,
      array,
      inputs,
      measure,
      parameters: { activation },
      sizes: { L, D },
    }) {
      const parameters = { shortcut: 'identity', activation } as const
      const { y, states, branches } = await measure(stack, inputs, parameters)
      const x = array('x')
      const added = (i: number) => sum(arithmetic, [L], (l) => branches.at(l, i))
      const state = (l: number) => build([D], (i) => states.at(l, i))
      return [
        {
          label: 'x_L = x₀ + Σ F_i(x_i)',
          expected: build([D], (i) => arithmetic.add(x.at(i), added(i))),
          actual: y,
        },
        { label: 'the first state', expected: x, actual: state(0) },
        { label: 'the last state', expected: y, actual: state(L) },
        {
          label: 'x_{l+1} = x_l + F_l(x_l)',
          expected: build([L, D], (l, i) => arithmetic.add(states.at(l, i), branches.at(l, i))),
          actual: part(states, [L, D], [1]),
        },
      ]
    },
  }),
  law('gradient-of-paths', {
    of: { ...stackGradient, parameters: {} },
    asks: [stackGradient, jacobianPaths],
    title: 'the gradient is that of the output times the sum over all paths, transposed',
    kills: [gradientUnchanged, gradientForgetsShortcuts, pathsInOrder, pathsToFirstOrder],
    async holds({ arithmetic, array, inputs, measure, sizes: { D } }) {
      const parameters = { shortcut: 'identity', activation: 'linear' } as const
      const { dx } = await measure(stackGradient, inputs, parameters)
      const { paths, jacobian } = await measure(jacobianPaths, { jacobians: inputs.weights }, {})
      const dy = array('dy')
      const summed = build([D, D], (i, j) =>
        sum(arithmetic, [paths.shape[0]], (p) => paths.at(p, i, j)),
      )
      const back = (J: typeof jacobian) =>
        build([D], (j) => sum(arithmetic, [D], (i) => arithmetic.multiply(J.at(i, j), dy.at(i))))
      return [
        { label: 'dx = (Σ paths)ᵀ dy', expected: back(summed), actual: dx },
        { label: 'dx = Jᵀ dy', expected: back(jacobian), actual: dx },
      ]
    },
  }),
  law('two-sided', {
    of: contraction(free(1, 4, 'layers')),
    asks: [stackGradient],
    title: 'branches of norm at most 1/2 leave between 2⁻ᴸ and 1.5ᴸ of the gradient',
    kills: [gradientForgetsShortcuts],
    async holds({ arithmetic, array, inputs, measure, parameters: { activation }, sizes: { L } }) {
      const weights = ofNormHalf(inputs.weights)
      const parameters = { shortcut: 'identity', activation } as const
      const { dx } = await measure(stackGradient, { ...inputs, weights }, parameters)
      const [before, after] = [squares(arithmetic, array('dy')), squares(arithmetic, dx)]
      const times = (factor: number) => arithmetic.multiply(arithmetic.exact(factor), before)
      return [
        atMost(arithmetic, '(1 − ε)²ᴸ ‖dy‖² ≤ ‖dx‖²', times(0.25 ** L), after),
        atMost(arithmetic, '‖dx‖² ≤ (1 + ε)²ᴸ ‖dy‖²', after, times(2.25 ** L)),
      ]
    },
  }),
  law('depth-50', {
    of: contraction(fifty),
    asks: [stackGradient],
    title: 'with the same weights fifty residual layers keep a part that fifty plain ones lose',
    kills: [gradientForgetsShortcuts, gradientSkipsAlways],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure, parameters: { activation } }) {
      const question = { ...inputs, weights: changed(ofNormHalf(inputs.weights), (w) => w / 8) }
      const ask = async (shortcut: 'identity' | 'none') => {
        const { dx } = await measure(stackGradient, question, { shortcut, activation })
        return squares(arithmetic, dx)
      }
      const before = squares(arithmetic, array('dy'))
      const times = (factor: number) => arithmetic.multiply(arithmetic.exact(factor), before)
      const [residual, plain] = [await ask('identity'), await ask('none')]
      return [
        atMost(arithmetic, '(15/16)¹⁰⁰ ‖dy‖² ≤ ‖dx‖²', times((15 / 16) ** 100), residual),
        atMost(arithmetic, '‖dx‖² ≤ (17/16)¹⁰⁰ ‖dy‖²', residual, times((17 / 16) ** 100)),
        atMost(arithmetic, 'plain: ‖dx‖² ≤ 16⁻¹⁰⁰ ‖dy‖²', plain, times(16 ** -100)),
      ]
    },
  }),
  law('depth-50-bounded', {
    of: contraction(fifty),
    asks: [stack, stackGradient],
    title:
      'fifty residual layers and their gradients are within the derived bound of the reference',
    kills: [layerOff, gradientLayerOff],
    share: 0.2,
    async holds({ answer, expected, inputs, parameters: { activation } }) {
      const { x, biases } = inputs
      const weights = turning(inputs.weights)
      const parameters = { shortcut: 'identity', activation } as const
      const forwards = { x, weights, biases }
      const backwards = { ...inputs, weights }
      const { y } = await answer(stack, forwards, parameters)
      const { dx } = await answer(stackGradient, backwards, parameters)
      return [
        { label: 'y', expected: expected(stack, forwards, parameters).y, actual: y },
        { label: 'dx', expected: expected(stackGradient, backwards, parameters).dx, actual: dx },
      ]
    },
  }),
  worked('E-15', {
    of: stackGradient,
    title: 'a branch may cancel the gradient of the shortcut',
    kills: [gradientUnchanged],
    inputs: {
      x: tensor([1], [1]),
      weights: tensor([1, 1, 1], [-1]),
      biases: tensor([1, 1], [0]),
      dy: tensor([1], [1]),
    },
    parameters: { shortcut: 'identity', activation: 'linear' },
    notes: { dx: [1] },
    gives: { dx: [0] },
  }),
)

export const stackProperties = [...plainProperties, ...highwayProperties]
