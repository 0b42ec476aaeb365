import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { chainDescent as chainReference } from '../../../reference/resnet/degradation.ts'
import { free } from '../../../spec/language/operation.ts'
import { chainDescent, identityConstruction } from '../../../spec/resnet/degradation.ts'
import { activation, stack } from '../../../spec/resnet/stack.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { forgetsShortcuts, skipsAlways } from './stack-faults.ts'

const wrong = faultsOf(chainDescent, chainReference)

const vanishes = wrong.answer(
  'E-14 read literally: the gradients of a deeper chain vanish',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (inputs.weights.shape[0] === 1) return answer
    return { ...answer, gradient: changed(answer.gradient, () => 0) }
  },
)

const onlyLast = wrong.outputs(
  'takes a step with the last layer only',
  (answer, { inputs, parameters, right }) => {
    const last = inputs.weights.shape[0]! - 1
    const moved = changed(inputs.weights, (w, l) =>
      l === last ? w - parameters.rate * answer.gradient.at(l) : w,
    )
    const after = right({ weights: moved }, parameters).losses.at(0)
    return { losses: fromData([2], [answer.losses.at(0), after]) }
  },
)

const oneAfterOther = wrong.outputs(
  'moves one layer after the other, each by the gradient at the weights moved before',
  (answer, { inputs, parameters, right }) => {
    let weights = inputs.weights
    for (let l = 0; l < weights.shape[0]!; l++) {
      const { gradient } = right({ weights }, parameters)
      weights = changed(weights, (w, k) => (k === l ? w - parameters.rate * gradient.at(k) : w))
    }
    const after = right({ weights }, parameters).losses.at(0)
    return { losses: fromData([2], [answer.losses.at(0), after]) }
  },
)

const includesOwn = wrong.outputs(
  'multiplies by the own weight of the layer too',
  (answer, { inputs }) => {
    return { gradient: changed(answer.gradient, (g, l) => g * inputs.weights.at(l)) }
  },
)

const forgetsHalf = wrong.outputs('gives the squared distance instead of half of it', (answer) => {
  return { losses: changed(answer.losses, (loss) => 2 * loss) }
})

const deeper = {
  dimensions: { ...stack.dimensions, M: free(1, 3, 'further layers') },
  inputs: stack.inputs,
  parameters: { activation },
}

/** Layers followed by others that are `value` on the diagonal and nothing else. */
function extended(
  {
    weights,
    biases,
  }: Record<'weights' | 'biases', { shape: readonly number[]; data: ArrayLike<number> }>,
  further: number,
  value: number,
) {
  const [L, D] = biases.shape as [number, number]
  const added = build([further, D, D], (_, i, j) => (i === j ? value : 0))
  return {
    weights: fromData([L + further, D, D], [...Array.from(weights.data), ...added.data]),
    biases: fromData(
      [L + further, D],
      [...Array.from(biases.data), ...new Array<number>(further * D).fill(0)],
    ),
  }
}

export const degradationProperties = properties(
  identityConstruction,
  law('residual', {
    of: deeper,
    asks: [stack],
    title: 'further residual layers of zero weights leave the output as it is, to the bit',
    kills: [forgetsShortcuts],
    async holds(bench) {
      const parameters = { shortcut: 'identity', activation: bench.parameters.activation } as const
      const { x } = bench.inputs
      const further = extended(bench.inputs, bench.sizes.M!, 0)
      const shallow = await bench.answer(stack, bench.inputs, parameters)
      const deep = await bench.answer(stack, { x, ...further }, parameters)
      return [{ label: 'y', expected: shallow.y, actual: deep.y }]
    },
  }),
  law('plain', {
    of: deeper,
    asks: [stack],
    title: 'further plain layers that are the identity leave the output as it is, to the bit',
    kills: [skipsAlways],
    async holds({ answer, inputs, sizes }) {
      const parameters = { shortcut: 'none', activation: 'linear' } as const
      const { x } = inputs
      const further = extended(inputs, sizes.M!, 1)
      const shallow = await answer(stack, inputs, parameters)
      const deep = await answer(stack, { x, ...further }, parameters)
      return [{ label: 'y', expected: shallow.y, actual: deep.y }]
    },
  }),
  agreement(chainDescent, 'integers', {
    kills: [vanishes, onlyLast, oneAfterOther, includesOwn, forgetsHalf],
  }),
  agreement(chainDescent, 'reals', { kills: [includesOwn, forgetsHalf] }),
  law('larger-gradients-larger-error', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [chainDescent],
    title: '2 · 2 has larger gradients than 4, and a larger error after a step, worked by hand',
    kills: [vanishes, includesOwn, forgetsHalf],
    share: 0.01,
    async holds({ answer, exact }) {
      const parameters = { shortcut: 'none', target: 0, rate: 0.5 } as const
      const single = await answer(chainDescent, { weights: tensor([1], [4]) }, parameters)
      const double = await answer(chainDescent, { weights: tensor([2], [2, 2]) }, parameters)
      const hand = (...values: number[]) => exact(fromData([values.length], values))
      return [
        { label: 'gradient of one layer', expected: hand(4), actual: single.gradient },
        { label: 'gradient of two layers', expected: hand(8, 8), actual: double.gradient },
        { label: 'losses of one layer', expected: hand(8, 2), actual: single.losses },
        { label: 'losses of two layers', expected: hand(8, 8), actual: double.losses },
      ]
    },
  }),
  worked('E-14', {
    of: chainDescent,
    title: 'the gradients of the chain that trains worse have not vanished',
    kills: [vanishes],
    inputs: { weights: tensor([2], [2, 2]) },
    parameters: { shortcut: 'none', target: 0, rate: 0.5 },
    // Vanished gradients.
    notes: { gradient: [0, 0] },
    gives: { gradient: [8, 8] },
  }),
)
