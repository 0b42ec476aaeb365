import * as fc from 'fast-check'
import type { Parameters, Space } from '../../spec/language/operation.ts'
import type { Parameter, RealParameter, SizesParameter } from '../../spec/language/parameter.ts'
import type { Recipe, Values } from './case.ts'
import { distributionNames } from './distributions.ts'

/** The next of the independent whole numbers that a recipe is made of, in `0..most`. */
export type Draw = (most: number) => number

/**
 * The recipes of valid cases of a space.
 *
 * A recipe is made of independent whole numbers, always as many and in the same order: whether sizes
 * may coincide, sizes, parameters, distribution, seed. Nothing is chained and nothing filtered, so
 * fast-check shrinks them from left to right: sizes first, to 1; the seed not at all. Draws are not
 * biased towards the ends of their ranges, so that what is said to be equally likely is.
 */
export function recipes(space: Space, values: Values): fc.Arbitrary<Recipe> {
  const make = recipeMaker(space, values)
  const draws = fc.tuple(...rangesOf(make).map((max) => fc.integer({ min: 0, max })))
  const seed = fc.noShrink(fc.integer())
  return fc.noBias(fc.tuple(draws, seed)).map(([numbers, seed]) => {
    let at = 0
    return { ...make(() => numbers[at++]), seed }
  })
}

/**
 * The recipes that `recipes` generates from a source of random numbers, without what fast-check
 * needs to shrink them: the same ones, in a fraction of the time.
 */
export function recipeDrawer(space: Space, values: Values): (random: fc.Random) => Recipe {
  const make = recipeMaker(space, values)
  const ranges = rangesOf(make)
  return (random) => {
    const numbers = ranges.map((max) => random.nextInt(0, max))
    const seed = random.nextInt(MIN_SEED, MAX_SEED)
    let at = 0
    return { ...make(() => numbers[at++]), seed }
  }
}

const [MIN_SEED, MAX_SEED] = [-(2 ** 31), 2 ** 31 - 1]

/** The largest value of each number that a recipe is made of. */
function rangesOf(make: (draw: Draw) => unknown): readonly number[] {
  const ranges: number[] = []
  make((most) => {
    ranges.push(most)
    return 0
  })
  return ranges
}

/** In nine of ten cases all sizes that are not derived differ from each other. */
const COINCIDENCE_SWITCH = 9

/** Turns whole numbers into a recipe, all but its seed. Takes them in an order that never varies. */
function recipeMaker(space: Space, values: Values) {
  const names = distributionNames(values)
  const dimensions = Object.entries(space.dimensions)
  const freeDimensions = dimensions.flatMap(([symbol, it]) =>
    it.kind === 'free' ? [{ symbol, min: it.min, upTo: it.upTo }] : [],
  )
  // Whoever chooses first gets the size that it drew, so everyone is first at times. But narrow
  // ranges go before wide ones: then sizes stay in their ranges whenever they can be kept apart there.
  const orders = freeDimensions.map((_, first) =>
    [...freeDimensions.slice(first), ...freeDimensions.slice(0, first)].sort(
      (a, b) => a.upTo - b.upTo,
    ),
  )

  const symbols = dimensions.map(([symbol]) => symbol)
  const parameterNames = Object.keys(space.parameters)
  const toldSizes = parameterNames.some((name) => hasSizes(space.parameters[name]))

  return (draw: Draw): Omit<Recipe, 'seed'> => {
    const apart = draw(COINCIDENCE_SWITCH) !== 0
    const order = orders[draw(Math.max(0, orders.length - 1))] ?? []
    const offsets: Record<string, number> = {}
    for (const [symbol, dimension] of dimensions) {
      if (dimension.kind === 'free') offsets[symbol] = draw(dimension.upTo - dimension.min)
      if (dimension.kind === 'at-least') offsets[symbol] = draw(dimension.slack)
    }
    const drawn: Record<string, unknown> = {}
    for (const name of parameterNames) drawn[name] = drawParameter(space.parameters[name], draw)
    const distribution = names[draw(names.length - 1)]

    const taken: number[] = []
    const place = (symbol: string, from: number, range: number) => {
      const size = apart ? differing(from, offsets[symbol], range, taken) : from + offsets[symbol]
      taken.push(size)
      return size
    }
    const sizes: Record<string, number> = {}
    for (const { symbol, min, upTo } of order) {
      sizes[symbol] = place(symbol, min, upTo - min)
    }
    let parameters: Parameters = drawn
    for (const constraint of space.constraints ?? []) {
      parameters = constraint.repair(parameters, sizes)
    }
    for (const [symbol, dimension] of dimensions) {
      if (dimension.kind !== 'at-least') continue
      sizes[symbol] = place(
        symbol,
        Math.max(1, dimension.lower(sizes, parameters)),
        dimension.slack,
      )
    }
    for (const [symbol, dimension] of dimensions) {
      if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
    }
    // In the order of the specification, whichever was placed first.
    const inOrder: Record<string, number> = {}
    for (const symbol of symbols) inOrder[symbol] = sizes[symbol]
    return {
      sizes: inOrder,
      parameters: toldSizes ? (tellSizes(parameters, sizes) as Parameters) : parameters,
      distribution,
    }
  }
}

/**
 * The first size from `from + offset` on that is not taken: going round in `from..from+range`, and
 * beyond that only when all of these are taken.
 */
function differing(from: number, offset: number, range: number, taken: readonly number[]): number {
  for (let step = 0; step <= range; step++) {
    const size = from + ((offset + step) % (range + 1))
    if (!taken.includes(size)) return size
  }
  let size = from + range + 1
  while (taken.includes(size)) size++
  return size
}

/**
 * A value of a parameter; zeros give the simplest one. Every part of the description draws its
 * numbers, chosen or not, so that their order never varies. For a `sizes` parameter, the value is
 * its description until the sizes are known (see `tellSizes`).
 */
export function drawParameter(parameter: Parameter, draw: Draw): unknown {
  switch (parameter.kind) {
    case 'integer':
      return parameter.min + draw(parameter.upTo - parameter.min)
    case 'real':
      return drawReal(parameter, draw)
    case 'choice':
      return parameter.options[draw(parameter.options.length - 1)]
    case 'boolean':
      return draw(1) === 1
    case 'sizes':
      return parameter
    case 'tuple':
      return parameter.items.map((item) => drawParameter(item, draw))
    case 'list': {
      const length = parameter.min + draw(parameter.max - parameter.min)
      const longest = Array.from({ length: parameter.max }, () =>
        drawParameter(parameter.item, draw),
      )
      return longest.slice(0, length)
    }
    case 'record':
      return Object.fromEntries(
        Object.entries(parameter.fields).map(([name, field]) => [name, drawParameter(field, draw)]),
      )
    case 'alternatives': {
      const chosen = draw(parameter.options.length - 1)
      return parameter.options.map((option) => drawParameter(option, draw))[chosen]
    }
  }
}

const FINEST = 16

/** Half of the time one of the values of the description, half of the time a point between its ends. */
function drawReal({ values, from, to, min, max, open }: RealParameter, draw: Draw): number {
  const which = values.length === 0 ? 0 : draw(2 * values.length - 1)
  const fraction = drawFraction(draw)
  if (which < values.length) return values[which]
  const exact = from + (to - from) * fraction
  const point = Math.fround(exact)
  const valid = open ? point > min && point < max : point >= min && point <= max
  return valid ? point : exact
}

/**
 * The middle of one of 2^detail equal parts of the unit interval; every other time the finest parts.
 * The detail shrinks first, so that a fraction becomes simpler near its place: 0.7173 → 0.75 → 0.5.
 */
function drawFraction(draw: Draw): number {
  const detail = Math.min(FINEST, draw(2 * FINEST - 1))
  const place = draw(2 ** FINEST - 1) * 2 ** -FINEST
  return (Math.floor(place * 2 ** detail) + 0.5) * 2 ** -detail
}

/** Puts sizes in the place of the `sizes` descriptions among the values of parameters. */
export function tellSizes(value: unknown, sizes: Readonly<Record<string, number>>): unknown {
  if (Array.isArray(value)) return value.map((part) => tellSizes(part, sizes))
  if (typeof value !== 'object' || value === null) return value
  if (isSizesParameter(value)) return value.of.map((symbol) => sizes[symbol])
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, tellSizes(part, sizes)]),
  )
}

/** Whether a description has a `sizes` parameter in it somewhere. */
function hasSizes(description: unknown): boolean {
  if (typeof description !== 'object' || description === null) return false
  return isSizesParameter(description) || Object.values(description).some(hasSizes)
}

function isSizesParameter(value: object): value is SizesParameter {
  return 'kind' in value && value.kind === 'sizes' && 'of' in value
}
