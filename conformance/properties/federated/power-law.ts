import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { powerLawSizes, tail } from '../../../spec/federated/power-law.ts'
import type { Space } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { stream } from '../../arbitraries/random.ts'
import type { Bench } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, row } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsFlat,
  addsLeast,
  lightTail,
  lomax,
  meanForSum,
  noMost,
  oneForAll,
  roundsFirst,
  roundsToNearest,
  roundsUp,
  tailForDensity,
  wrapsAround,
} from './power-law-faults.ts'

const exponents = { steep: 3, usual: 2.5, flat: 1.5 } as const
const tails = withParameters(nothing, {
  exponent: choice('steep', 'usual', 'flat'),
  least: integer({ min: 1, upTo: 5, max: 20 }),
})
const drawnTails = withParameters(tails, { seed: integer({ min: 0, upTo: 2 ** 30 }) })
const most = 200

/** For every number from the least to the most, the share of the clients that have at least so many points. */
function sharesFrom(counts: NumberArray<number>, least: number): NumberArray<number> {
  const K = counts.data.length
  return build([most - least + 1], (at) => counts.data.filter((n) => n >= least + at).length / K)
}

/** That no share is further off than so much from what the law says. */
function near<T>(
  { arithmetic, exact }: Pick<Bench<T, Space>, 'arithmetic' | 'exact'>,
  counts: NumberArray<T>,
  { exponent, least }: { readonly exponent: number; readonly least: number },
  off: number,
) {
  const shares = sharesFrom(numbers(arithmetic, counts), least)
  const limit = (sign: number) =>
    exact(changed(shares, (_, at) => (least / (least + at)) ** (exponent - 1) + sign * off))
  const label = `shares of the clients with at least ${least}, … points`
  return between(arithmetic, label, exact(shares), limit(-1), limit(1))
}

/** As many clients as have draws that part the distribution evenly: half of one is lost, and rounding may move one. */
const evenly = 512
/** As many clients as draws are made at random for. */
const drawn = 4096
/**
 * How far off all shares may be. That any is further off than ε has at most the probability 2 exp(−2 K ε²), whatever
 * the distribution (Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart 1990): 2.1e-13 for K = 4096 and
 * ε = 0.0604. The share of one client, which rounding may take over a whole number, is added. What draws from a law of
 * which some share is off by twice as much, 0.121 and a client, is let through as rarely.
 */
const mostOff = 0.0604 + 1 / drawn

export const powerLawProperties = properties(
  tail,
  ...agreementTwice(powerLawSizes, {
    kills: [
      tailForDensity,
      lomax,
      lightTail,
      roundsToNearest,
      roundsUp,
      roundsFirst,
      addsLeast,
      noMost,
      wrapsAround,
      meanForSum,
      oneForAll,
    ],
    share: 0.6,
  }),
  law('quantiles', {
    of: tails,
    asks: [powerLawSizes],
    title: 'of 512 draws that part the distribution evenly, as many as it says reach each number',
    kills: [tailForDensity, lomax, lightTail, roundsToNearest, roundsUp, roundsFirst, addsLeast],
    share: 0.1,
    async holds(bench) {
      const { exponent: name, least } = bench.parameters
      const given = { exponent: exponents[name], least }
      const draws = row(...Array.from({ length: evenly }, (_, k) => -Math.log((k + 0.5) / evenly)))
      const { counts } = await bench.measure(powerLawSizes, { draws }, { ...given, most })
      return [near(bench, counts, given, 1.5 / evenly)]
    },
  }),
  law('at-random', {
    of: drawnTails,
    asks: [powerLawSizes],
    title: 'of 4096 draws at random, as many reach each number as chance allows: 2.1e-13 fail that',
    kills: [tailForDensity, lomax, lightTail, oneForAll],
    share: 0.06,
    async holds(bench) {
      const { exponent: name, least, seed } = bench.parameters
      const given = { exponent: exponents[name], least }
      const random = stream(seed, 'sizes of clients')
      const draws = row(...Array.from({ length: drawn }, () => -Math.log1p(-random.unit())))
      const { counts } = await bench.measure(powerLawSizes, { draws }, { ...given, most })
      return [near(bench, counts, given, mostOff)]
    },
  }),
  law('larger-draws', {
    of: powerLawSizes,
    values: 'reals',
    title: 'who draws more never has fewer points',
    kills: [wrapsAround],
    share: 0.3,
    async holds({ arithmetic, inputs: { draws }, measure, parameters }) {
      const inOrder = row(...Array.from(draws.data).sort((a, b) => a - b))
      const { counts } = await measure(powerLawSizes, { draws: inOrder }, parameters)
      return [
        atMost(
          arithmetic,
          'counts in the order of draws',
          arithmetic.exact(parameters.least),
          ...counts.data,
          arithmetic.exact(parameters.most),
        ),
      ]
    },
  }),
  equivariance('scaled', {
    of: powerLawSizes,
    title: 'draws twice as large, of a tail twice as steep, give the same numbers',
    kills: [tailForDensity],
    share: 0.3,
    inputs: ({ draws }) => ({ draws: changed(draws, (e) => 2 * e) }),
    parameters: ({ exponent }) => ({ exponent: 2 * exponent - 1 }),
  }),
  rejection('rejected', powerLawSizes, invalidities(powerLawSizes), {
    title: 'exponents up to 1, a most below the least, and negative draws are rejected',
    kills: [acceptsFlat],
  }),
  worked('by-hand', {
    of: powerLawSizes,
    title: 'draws of 0, 1 and 5: once e^0, e^1 and the most',
    kills: [tailForDensity, lomax, roundsToNearest, roundsUp, noMost, wrapsAround, meanForSum],
    inputs: { draws: tensor([3], [0, 1, 5]) },
    parameters: { exponent: 2, least: 1, most: 10 },
    gives: { counts: [1, 2, 10], points: [13] },
  }),
)
