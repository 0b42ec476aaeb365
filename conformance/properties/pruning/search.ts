import { build } from '../../../reference/arithmetic/array.ts'
import { array, bits, derived, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { maskedDense } from '../../../spec/pruning/connection.ts'
import {
  evolution,
  evolveMasks,
  maskEncoding,
  maskFitness,
  maskFromCode,
} from '../../../spec/pruning/search.ts'
import { sensitivity } from '../../../spec/pruning/sensitivity.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, plain, row, scalar, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsMoreBits,
  commaStrategy,
  firstParentOnly,
  forgetsPrice,
  freeSize,
  grayCode,
  highestFirst,
  keepsWeights,
  keepsWorst,
  prefersChildren,
  pricesRemoved,
  removesOnes,
  restrictsLoss,
  setsBits,
  sharesMask,
  wholeLoss,
} from './search-faults.ts'

/** Every mask of P connections, a row each. */
const allMasks = (P: number) => build([2 ** P, P], (code, k) => (code >> k) & 1)

const ofEncoding = properties(
  maskEncoding,
  agreement(maskFromCode, 'integers', {
    name: 'code-exact',
    kills: [highestFirst, removesOnes, grayCode],
  }),
  agreementTwice(maskFitness, {
    name: 'fitness',
    kills: [freeSize, pricesRemoved, sharesMask, wholeLoss, restrictsLoss],
  }),
  law('round-trip', {
    of: maskFromCode,
    title: 'the digits of a mask are the number that it came from',
    kills: [highestFirst, removesOnes, grayCode],
    share: 0.5,
    async holds({ answer, arithmetic, parameters }) {
      const { exact, multiply, total } = arithmetic
      const { mask } = await answer(maskFromCode, {}, parameters)
      const digits = mask.data.map((bit, k) => multiply(exact(2 ** k), bit))
      return [
        {
          label: 'code',
          expected: scalar(exact(parameters.code)),
          actual: scalar(total(digits)),
        },
      ]
    },
  }),
  law('common', {
    of: withParameters(maskFromCode, { other: integer({ min: 0, upTo: 65_535, max: 65_535 }) }),
    asks: [maskFromCode, maskedDense],
    title: 'what two networks have in common is the product of their masks, which a layer keeps',
    kills: [removesOnes],
    share: 0.5,
    async holds({ answer, arithmetic, parameters: { connections, code, other } }) {
      const maskOf = async (code: number) =>
        numbers(arithmetic, (await answer(maskFromCode, {}, { connections, code })).mask)
      const second = other % 2 ** connections
      const [one, two] = [await maskOf(code), await maskOf(second)]
      const both = await maskOf(code & second)
      const layer = {
        x: filled([1, connections], 1),
        weights: build([connections, 1], (k) => one.at(k)),
        mask: build([connections, 1], (k) => two.at(k)),
        bias: zeros([1]),
      }
      const { pruned } = await answer(maskedDense, layer, {})
      return [
        {
          label: 'mask',
          expected: build([connections], (k) => pruned.at(k, 0)),
          actual: build([connections], (k) => arithmetic.exact(both.at(k))),
        },
      ]
    },
  }),
  law('without-one', {
    of: {
      dimensions: { P: maskFitness.dimensions.P },
      inputs: {
        weights: maskFitness.inputs.weights,
        matrix: maskFitness.inputs.matrix,
        minimum: maskFitness.inputs.minimum,
      },
      parameters: maskFitness.parameters,
    },
    asks: [maskFitness, sensitivity],
    title: 'without one connection a network is worth its sensitivity more, and a price less',
    kills: [freeSize, pricesRemoved, wholeLoss, sharesMask],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { P } }) {
      const { add, exact, subtract } = arithmetic
      const masks = build([P! + 1, P!], (n, k) => (n === k + 1 ? 0 : 1))
      const { fitness } = await measure(maskFitness, { ...inputs, masks }, parameters)
      const { changes } = await measure(sensitivity, inputs, {})
      return [
        {
          label: 'F of networks that lack a connection',
          expected: build([P!], (k) =>
            subtract(add(fitness.at(0), changes.at(k)), exact(parameters.price)),
          ),
          actual: build([P!], (k) => fitness.at(k + 1)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: maskFitness,
    title: 'weights 3 and 5, of which one is there, for the minimum 1, 1: 4 + 2 + 1',
    kills: [freeSize, wholeLoss, restrictsLoss],
    inputs: {
      masks: tensor([1, 2], [1, 0]),
      weights: tensor([2], [3, 5]),
      matrix: tensor([2, 2], [2, 0, 0, 4]),
      minimum: tensor([2], [1, 1]),
    },
    parameters: { price: 1 },
    gives: { networks: [3, 0], fitness: [7] },
  }),
  rejection('rejected', maskFromCode, invalidities(maskFromCode), {
    title: 'a number with more digits than connections is rejected',
    kills: [acceptsMoreBits],
  }),
)

const ofEvolution = properties(
  evolution,
  agreementTwice(evolveMasks, {
    kills: [commaStrategy, keepsWorst, setsBits, firstParentOnly, keepsWeights, forgetsPrice],
  }),
  law('never-worse', {
    of: evolveMasks,
    title: 'over four generations the best value never rises, and is what its network is worth',
    kills: [commaStrategy, keepsWorst],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, measure, parameters, sizes: { P } }) {
      const { matrix, minimum, flips, noise } = inputs
      let at = { masks: plain(inputs.masks), weights: plain(inputs.weights) }
      const comparisons = []
      const best = []
      for (let t = 0; t < 4; t++) {
        // In every second generation what was flipped stays, and what was added is taken off.
        const isEven = t % 2 === 0
        const drawn = {
          flips: changed(flips, (bit) => (isEven ? bit : 1 - bit)),
          noise: changed(noise, (v) => (isEven ? v : -v)),
        }
        const after = await answer(evolveMasks, { ...at, ...drawn, matrix, minimum }, parameters)
        at = {
          masks: numbers(arithmetic, after.masks),
          weights: numbers(arithmetic, after.weights),
        }
        const question = {
          masks: build([1, P!], (_, k) => at.masks.at(0, k)),
          weights: build([P!], (k) => at.weights.at(0, k)),
          matrix,
          minimum,
        }
        const worth = await measure(maskFitness, question, parameters)
        const values = after.fitness.data
        if (values.length > 1) comparisons.push(atMost(arithmetic, `values of ${t}`, ...values))
        comparisons.push({
          label: `the best of generation ${t}`,
          expected: scalar(worth.fitness.at(0)),
          actual: scalar(values[0]!),
        })
        best.unshift(values[0]!)
      }
      return [
        ...comparisons,
        atMost(arithmetic, 'the best values, from the last generation back', ...best),
      ]
    },
  }),
  law('all-masks', {
    of: {
      dimensions: { P: maskFitness.dimensions.P, One: derived(() => 1, 'network') },
      inputs: {
        masks: bits('the connections of the parent', 'One', 'P'),
        weights: maskFitness.inputs.weights,
        matrix: maskFitness.inputs.matrix,
        minimum: maskFitness.inputs.minimum,
      },
      parameters: maskFitness.parameters,
    },
    asks: [evolveMasks, maskFitness],
    title: 'where the children are all networks, the best of them all is found',
    kills: [setsBits, forgetsPrice],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters, sizes: { P } }) {
      const { matrix, minimum } = inputs
      const all = allMasks(P!)
      const question = { masks: all, weights: inputs.weights, matrix, minimum }
      const { fitness } = await answer(maskFitness, question, parameters)
      const generation = {
        masks: inputs.masks,
        weights: build([1, P!], (_, k) => plain(inputs.weights).at(k)),
        flips: all,
        noise: zeros(all.shape),
        matrix,
        minimum,
      }
      const found = await answer(evolveMasks, generation, parameters)
      const least = Math.min(...numbers(arithmetic, fitness).data)
      return [
        {
          label: 'the best value',
          expected: scalar(arithmetic.exact(least)),
          actual: scalar(found.fitness.at(0)),
        },
      ]
    },
  }),
  law('ties', {
    of: {
      dimensions: { P: free(1, 4, 'connections') },
      inputs: { masks: array('which connections there are, by sign', 'P') },
      parameters: { size: integer({ min: 1, upTo: 4 }) },
    },
    asks: [evolveMasks],
    title: 'of equal values parents stay, in their order, and children take no place',
    kills: [prefersChildren],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters: { size }, sizes: { P } }) {
      // Weights on either side of the minimum, as far from it: every network is worth the same.
      const signs = changed(inputs.masks, (v) => (v < 0 ? -size : size))
      const weights = build([2, P!], (n, k) => (n === 0 ? signs.at(k) : -signs.at(k)))
      const given = {
        masks: filled([2, P!], 1),
        weights,
        flips: zeros([2, P!]),
        noise: build([2, P!], (n, k) => -2 * weights.at(n, k)),
        matrix: build([P!, P!], (i, j) => (i === j ? 2 : 0)),
        minimum: zeros([P!]),
      }
      const found = await answer(evolveMasks, given, { price: 1 })
      return [
        { label: 'weights', expected: exact(weights), actual: found.weights },
        {
          label: 'values',
          expected: exact(row(P! * (size ** 2 + 1), P! * (size ** 2 + 1))),
          actual: found.fitness,
        },
      ]
    },
  }),
  worked('by-hand', {
    of: evolveMasks,
    title: 'a weight of 3 for the minimum 1 costs 4, no weight 1: the child without it is kept',
    kills: [setsBits],
    inputs: {
      masks: tensor([1, 1], [1]),
      weights: tensor([1, 1], [3]),
      flips: tensor([1, 1], [1]),
      noise: tensor([1, 1], [0]),
      matrix: tensor([1, 1], [2]),
      minimum: tensor([1], [1]),
    },
    parameters: { price: 0 },
    gives: { masks: [0], weights: [3], fitness: [1] },
  }),
)

export const searchProperties = [...ofEncoding, ...ofEvolution]
