import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  maskFromCode as codeReference,
  evolveMasks as evolveReference,
  maskFitness as reference,
} from '../../../reference/pruning/search.ts'
import { evolveMasks, maskFitness, maskFromCode } from '../../../spec/pruning/search.ts'
import { changed, filled, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongCode = faultsOf(maskFromCode, codeReference)
const wrongFitness = faultsOf(maskFitness, reference)
const wrong = faultsOf(evolveMasks, evolveReference)

export const highestFirst = wrongCode.outputs('takes the highest digit first', ({ mask }) => ({
  mask: permuted(mask, (k) => [mask.shape[0]! - 1 - k!]),
}))

export const removesOnes = wrongCode.outputs(
  'takes a digit of 1 for a removed connection',
  ({ mask }) => ({
    mask: changed(mask, (bit) => 1 - bit),
  }),
)

export const grayCode = wrongCode.answer(
  'reads the Gray code of the number',
  ({ parameters: { connections, code } }) => ({
    mask: build([connections], (k) => ((code ^ (code >> 1)) >> k) & 1),
  }),
)

export const acceptsMoreBits = wrongCode.accepts(
  'cuts off codes that have more digits',
  (_, given) => {
    const { connections, code } = given as { readonly connections: number; readonly code: number }
    const digits = Array.from({ length: connections }, (_, k) => Math.floor(code / 2 ** k) % 2)
    return { mask: { dtype: 'float32', shape: [connections], data: new Float32Array(digits) } }
  },
)

export const freeSize = wrongFitness.parameters('forgets the price of connections', () => ({
  price: 0,
}))

export const pricesRemoved = wrongFitness.outputs(
  'takes the price for connections that are not there',
  ({ fitness }, { inputs: { masks }, parameters: { price }, sizes: { P } }) => ({
    fitness: changed(fitness, (F, n) => {
      const there = Array.from({ length: P! }, (_, k) => masks.at(n, k)).reduce((s, b) => s + b, 0)
      return F + price * (P! - 2 * there)
    }),
  }),
)

export const sharesMask = wrongFitness.inputs(
  'gives every network the mask of the first',
  ({ masks }) => ({ masks: build(masks.shape, (_, k) => masks.at(0, k)) }),
)

export const wholeLoss = wrongFitness.outputs(
  'computes the loss with all weights',
  ({ fitness }, { inputs, parameters, right }) => {
    const all = { ...inputs, masks: filled(inputs.masks.shape, 1) }
    const without = right(inputs, { ...parameters, price: 0 }).fitness
    const whole = right(all, { ...parameters, price: 0 }).fitness
    return { fitness: changed(fitness, (F, n) => F - without.at(n) + whole.at(n)) }
  },
)

export const restrictsLoss = wrongFitness.answer(
  'leaves connections that are not there out of the loss, instead of counting their weights as 0',
  ({ inputs, parameters, right }) => {
    const { masks } = inputs
    const each = Array.from({ length: masks.shape[0]! }, (_, n) => {
      const isThere = (k: number) => masks.at(n, k) === 1
      const minimum = changed(inputs.minimum, (m, k) => (isThere(k) ? m : 0))
      return right({ ...inputs, minimum }, parameters).fitness.at(n)
    })
    const { networks } = right(inputs, parameters)
    return { networks, fitness: build([each.length], (n) => each[n]!) }
  },
)

export const commaStrategy = wrong.answer(
  'lets parents die where there are enough children',
  ({ inputs, parameters, sizes: { Parents, Children }, right }) => {
    if (Children! < Parents!) return right(inputs, parameters)
    // Parents that are worth less than anything: their children are made of the flips and the noise.
    const all = childrenOf(inputs)
    const none = { masks: first(all.masks, Parents!), weights: first(all.weights, Parents!) }
    const rest = Children! - Parents!
    if (rest === 0) {
      const idle = {
        flips: filled([1, all.masks.shape[1]!], 0),
        noise: filled([1, all.masks.shape[1]!], 0),
      }
      return right({ ...inputs, ...none, ...idle }, parameters)
    }
    const later = {
      flips: build([rest, all.masks.shape[1]!], (b, k) =>
        Math.abs(all.masks.at(Parents! + b, k) - none.masks.at(b % Parents!, k)),
      ),
      noise: build(
        [rest, all.masks.shape[1]!],
        (b, k) => all.weights.at(Parents! + b, k) - none.weights.at(b % Parents!, k),
      ),
    }
    return right({ ...inputs, ...none, ...later }, parameters)
  },
)

type Given = Readonly<Record<'masks' | 'weights' | 'flips' | 'noise', NumberArray<number>>>

const first = (array: NumberArray<number>, count: number) =>
  build([count, array.shape[1]!], (n, k) => array.at(n, k))

const childrenOf = ({ masks, weights, flips, noise }: Given) => {
  const A = masks.shape[0]!
  return {
    masks: build(flips.shape, (b, k) => Math.abs(masks.at(b % A, k) - flips.at(b, k))),
    weights: build(noise.shape, (b, k) => weights.at(b % A, k) + noise.at(b, k)),
  }
}

export const keepsWorst = wrong.outputs(
  'puts the best one last',
  ({ masks, weights, fitness }, { sizes: { Parents } }) => {
    const back = (array: NumberArray<number>) =>
      permuted(array, (n, ...rest) => [Parents! - 1 - n!, ...(rest as number[])])
    return { masks: back(masks), weights: back(weights), fitness: back(fitness) }
  },
)

export const setsBits = wrong.inputs('sets bits where it should flip them', ({ masks, flips }) => {
  const A = masks.shape[0]!
  return {
    flips: build(flips.shape, (b, k) => (masks.at(b % A, k) === 1 ? 0 : flips.at(b, k))),
  }
})

export const firstParentOnly = wrong.inputs(
  'makes all children of the first parent',
  ({ masks, weights, flips, noise }) => {
    const A = masks.shape[0]!
    return {
      flips: build(flips.shape, (b, k) => {
        const child = Math.abs(masks.at(0, k) - flips.at(b, k))
        return Math.abs(child - masks.at(b % A, k))
      }),
      noise: build(noise.shape, (b, k) => weights.at(0, k) + noise.at(b, k) - weights.at(b % A, k)),
    }
  },
)

export const keepsWeights = wrong.inputs('never changes weights', ({ noise }) => ({
  noise: filled(noise.shape, 0),
}))

export const forgetsPrice = wrong.parameters('forgets the price of connections', () => ({
  price: 0,
}))

export const prefersChildren = wrong.outputs(
  'of equal values takes a child first',
  (right, { inputs, parameters, right: ask }) => {
    const all = childrenOf(inputs)
    const one = {
      flips: filled([1, all.masks.shape[1]!], 0),
      noise: filled([1, all.masks.shape[1]!], 0),
    }
    const masks = first(all.masks, 1)
    const weights = first(all.weights, 1)
    const value = ask({ ...inputs, masks, weights, ...one }, parameters).fitness.at(0)
    if (value !== right.fitness.at(0)) return {}
    return {
      masks: build(right.masks.shape, (a, k) => (a === 0 ? masks.at(0, k) : right.masks.at(a, k))),
      weights: build(right.weights.shape, (a, k) =>
        a === 0 ? weights.at(0, k) : right.weights.at(a, k),
      ),
    }
  },
)
