import type { Values } from './case.ts'
import type { Random } from './random.ts'

/**
 * How the elements of one array are drawn. What holds for the whole array (a constant, the place of
 * the one) is drawn first; the function returned then draws element after element.
 */
export type Distribution = (random: Random, length: number) => (index: number) => number

const smallInteger = (random: Random) => random.below(9) - 4

const uniform = (random: Random) => 2 * random.unit() - 1

/** Near enough to a normal number: twelve uniform ones added (variance 12 / 12). The same everywhere. */
function normal(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random.unit()
  return sum
}

/** A number in (0, 1] that no precision in use rounds to zero: a multiple of 2^-24. */
const positive = (random: Random) => (random.below(2 ** 24) + 1) * 2 ** -24

const sign = (random: Random) => (random.below(2) === 0 ? 1 : -1)

/** 2^-20 to 2^19; a table, because computing powers takes longer than all else here. */
const powersOfTwo = Array.from({ length: 40 }, (_, i) => 2 ** (i - 20))

/** Each element is one of the few values that `draw` gives. */
function ties(random: Random, draw: (random: Random) => number): () => number {
  const few = Array.from({ length: 2 + random.below(2) }, () => draw(random))
  return () => few[random.below(few.length)]
}

function cancelling(random: Random): (index: number) => number {
  let first = 0
  return (index) => {
    if (index % 2 === 0) {
      first = normal(random)
      return first
    }
    // Half of the pairs cancel all but their last bits.
    return random.below(2) === 0 ? -first : -first * (1 + uniform(random) * 2 ** -12)
  }
}

/** All distributions, by the name that a recipe and the report use. */
export const distributions: Readonly<Record<string, Distribution>> = {
  /** Whole numbers in -4..4: sums and products of them are exact in every precision and order. */
  'small integers': (random) => () => smallInteger(random),

  /** A single 1 among zeros. */
  'one-hot': (random, length) => {
    const place = random.below(length)
    return (index) => (index === place ? 1 : 0)
  },

  zeros: () => () => 0,

  /** The same whole number, not zero, everywhere. */
  'whole constant': (random) => {
    const value = sign(random) * (1 + random.below(4))
    return () => value
  },

  /** Two or three whole numbers, over and over. */
  'whole ties': (random) => ties(random, smallInteger),

  /** The same number everywhere. */
  constant: (random) => {
    const value = normal(random)
    return () => value
  },

  /** Two or three numbers, over and over. */
  ties: (random) => ties(random, normal),

  /** Between -1 and 1. */
  uniform: (random) => () => uniform(random),

  /** Mean 0, variance 1. */
  normal: (random) => () => normal(random),

  /** In (0, 1]. */
  positive: (random) => () => positive(random),

  /** In [-1, 0). */
  negative: (random) => () => -positive(random),

  /** Magnitudes from 2^-20 to 2^20, each power of two equally often, of either sign. */
  'wide range': (random) => () =>
    sign(random) * (1 + random.unit()) * powersOfTwo[random.below(40)],

  /** Each number is followed by its opposite, or nearly so. */
  'cancelling pairs': cancelling,

  /** Zeros of either sign, and now and then a one of either sign. */
  'signed zeros': (random) => () => sign(random) * (random.below(4) === 0 ? 1 : 0),

  /** Below the smallest normal number of float32. */
  subnormals: (random) => () => sign(random) * (1 + random.below(2 ** 23 - 1)) * 2 ** -149,
}

/**
 * How often each distribution is taken, in shares. The order is the order of shrinking: a failing
 * case is tried again with the first ones.
 */
const shares: Readonly<Record<Values, readonly (readonly [name: string, share: number])[]>> = {
  integers: [
    ['small integers', 6],
    ['one-hot', 2],
    ['zeros', 1],
    ['whole constant', 2],
    ['whole ties', 3],
  ],
  reals: [
    ['small integers', 4],
    ['one-hot', 2],
    ['zeros', 1],
    ['whole constant', 1],
    ['whole ties', 2],
    ['constant', 1],
    ['ties', 2],
    ['uniform', 6],
    ['normal', 6],
    ['positive', 3],
    ['negative', 3],
    ['wide range', 4],
    ['cancelling pairs', 3],
    ['signed zeros', 1],
    ['subnormals', 1],
  ],
}

/** The names of the distributions in use, each as often as its share; the first one is the simplest. */
export function distributionNames(values: Values): readonly string[] {
  return shares[values].flatMap(([name, share]) => Array<string>(share).fill(name))
}
