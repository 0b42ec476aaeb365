import type { Format } from '../../reference/arithmetic/precision.ts'
import type { Values } from './case.ts'
import type { Random } from './random.ts'

/** Where elements are drawn to. */
export type Elements = Float32Array | Float64Array

/**
 * How the elements of one array are drawn: what holds for the whole array (a constant, the place of
 * the one) first, then one after the other.
 */
export type Distribution = (random: Random, elements: Elements) => void

/** Every element is drawn on its own. */
function each(draw: (random: Random) => number): Distribution {
  return (random, elements) => {
    for (let i = 0; i < elements.length; i++) elements[i] = draw(random)
  }
}

/** One number, drawn once, is every element. */
function constant(draw: (random: Random) => number): Distribution {
  return (random, elements) => {
    elements.fill(draw(random))
  }
}

const smallInteger = (random: Random) => random.below(9) - 4

const uniform = (random: Random) => 2 * random.unit() - 1

/** Near enough to a normal number: four uniform ones added, to variance 1. The same on every machine. */
function normal(random: Random): number {
  const sum = random.unit() + random.unit() + random.unit() + random.unit() - 2
  return sum * SQRT_3
}

/** A uniform number has variance 1 / 12, four have 1 / 3. */
const SQRT_3 = Math.sqrt(3)

/** A number in (0, 1] that no precision in use rounds to zero: a multiple of 2^-24. */
const positive = (random: Random) => (random.below(2 ** 24) + 1) * 2 ** -24

const sign = (random: Random) => (random.below(2) === 0 ? 1 : -1)

/** 2^-20 to 2^19; a table, because computing powers takes longer than all else here. */
const powersOfTwo = Array.from({ length: 40 }, (_, i) => 2 ** (i - 20))

/** Each element is one of the few values that `draw` gives. */
function ties(draw: (random: Random) => number): Distribution {
  return (random, elements) => {
    const few = Array.from({ length: 2 + random.below(2) }, () => draw(random))
    for (let i = 0; i < elements.length; i++) elements[i] = few[random.below(few.length)]!
  }
}

function cancelling(random: Random, elements: Elements): void {
  for (let i = 0; i < elements.length; i += 2) {
    const first = normal(random)
    elements[i] = first
    if (i + 1 === elements.length) return
    // Half of the pairs cancel all but their last bits.
    elements[i + 1] = random.below(2) === 0 ? -first : -first * (1 + uniform(random) * 2 ** -12)
  }
}

/**
 * What stands next to the ends of a format: its largest numbers, where one more step, a sum, a difference or a
 * quotient leaves it, and normal ones of the least magnitudes, which are above 0; and a 1 or a 0 now and then.
 */
function nextToEnds(max: number, minNormal: number, bits: number): Distribution {
  const step = 2 ** -bits
  // So far above that half of it is normal, too: what lies below may be flushed.
  const least = 4 * minNormal
  return each((random) => {
    switch (random.below(8)) {
      case 0:
        return 0
      case 1:
        return sign(random)
      case 2:
        return sign(random) * max
      case 3:
        return sign(random) * max * (1 - step * random.below(4))
      case 4:
        return (sign(random) * max * (1 + random.unit())) / 2
      case 5:
        return sign(random) * least
      default:
        return sign(random) * least * (1 + random.unit()) * powersOfTwo[20 + random.below(18)]!
    }
  })
}

/** All distributions, by the name that a recipe and the report use. */
export const distributions: Readonly<Record<string, Distribution>> = {
  /** Whole numbers in -4..4: sums and products of them are exact in every precision and order. */
  'small integers': each(smallInteger),
  signs: each((random) => random.below(3) - 1),

  /** A single 1 among zeros. */
  'one-hot': (random, elements) => {
    elements[random.below(elements.length)] = 1
  },

  zeros: () => {},

  /** The same whole number, not zero, everywhere. */
  'whole constant': constant((random) => sign(random) * (1 + random.below(4))),

  /** Two or three whole numbers, over and over. */
  'whole ties': ties(smallInteger),

  /** The same number everywhere. */
  constant: constant(normal),

  /** Two or three numbers, over and over. */
  ties: ties(normal),

  /** Between -1 and 1. */
  uniform: each(uniform),

  /** Mean 0, variance 1. */
  normal: each(normal),

  /** In (0, 1]. */
  positive: each(positive),

  /** In [-1, 0). */
  negative: each((random) => -positive(random)),

  /** Magnitudes from 2^-20 to 2^20, each power of two equally often, of either sign. */
  'wide range': each(
    (random) => sign(random) * (1 + random.unit()) * powersOfTwo[random.below(40)]!,
  ),

  /** Normal, but for one that is 2^10 to 2^24 times as large, and outweighs or drowns all others. */
  'one large': (random, elements) => {
    for (let i = 0; i < elements.length; i++) elements[i] = normal(random)
    elements[random.below(elements.length)]! *= 2 ** (10 + random.below(15))
  },

  /** Magnitudes from one end of the normal numbers of float32 to the other, of either sign. */
  'every magnitude': each(
    (random) => sign(random) * (1 + random.unit()) * 2 ** (random.below(253) - 126),
  ),

  /** The largest numbers of float32, and normal ones of the least magnitudes. */
  'next to the ends': nextToEnds(2 ** 128 - 2 ** 104, 2 ** -126, 24),

  /** All beside one number, of any size and sign: within a half of it, or within a few last places. */
  'close together': (random, elements) => {
    const centre = sign(random) * (1 + random.unit()) * powersOfTwo[random.below(40)]!
    const spread = 2 ** -(1 + random.below(22))
    for (let i = 0; i < elements.length; i++) elements[i] = centre * (1 + uniform(random) * spread)
  },

  /** Each number is followed by its opposite, or nearly so. */
  'cancelling pairs': cancelling,

  /** Zeros of either sign, and now and then a one of either sign. */
  'signed zeros': each((random) => sign(random) * (random.below(4) === 0 ? 1 : 0)),

  /** Below the smallest normal number of float32. */
  subnormals: each((random) => sign(random) * (1 + random.below(2 ** 23 - 1)) * 2 ** -149),
}

/**
 * The distributions of a format of two bytes that are others than those of float32, so that its ends are
 * reached: the numbers next to its largest one, and those below its least normal one.
 */
export function distributionsAtEnds({
  bits,
  minNormal,
  max,
}: Format): Readonly<Record<string, Distribution>> {
  const least = minNormal * 2 ** (1 - bits)
  const subnormals = each(
    (random) => sign(random) * (1 + random.below(2 ** (bits - 1) - 1)) * least,
  )
  // Products of numbers as far apart as bfloat16 has them say nothing; it has the range of float32.
  const ends = { 'next to the ends': nextToEnds(max, minNormal, bits) }
  if (max > 2 ** 100) return { subnormals, ...ends }
  const upTo = (power: number) =>
    each((random) => {
      const size = (1 + random.unit()) * least * 2 ** random.below(power + 1 - Math.log2(least))
      return sign(random) * Math.min(max, size)
    })
  return {
    subnormals,
    ...ends,
    'every magnitude': upTo(15),
    // Up to 2^5, or most sums of products of two such numbers would overflow.
    'wide range': upTo(4),
    'one large': (random, elements) => {
      for (let i = 0; i < elements.length; i++) elements[i] = normal(random)
      // From 2^10 on, so that it outweighs all others, up to the largest number.
      const large = Math.min(max, (1 + random.unit()) * 2 ** (10 + random.below(6)))
      elements[random.below(elements.length)] = sign(random) * large
    },
  }
}

/** Which whole numbers stand where large ones would saturate what they are put into; drawn for nothing else. */
export const wholeNearOne = 'signs'

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
    ['one large', 2],
    ['every magnitude', 2],
    ['close together', 4],
    ['cancelling pairs', 3],
    ['signed zeros', 2],
    ['subnormals', 1],
  ],
}

/** The last ones of comparisons with the reference: laws add and scale what they are given, and leave the format. */
const alsoAtEnds: typeof shares = { integers: [], reals: [['next to the ends', 2]] }

/** The names of the distributions in use, each as often as its share; the first one is the simplest. */
export function distributionNames(values: Values, toTheEnds = true): readonly string[] {
  return [...shares[values], ...(toTheEnds ? alsoAtEnds[values] : [])].flatMap(([name, share]) =>
    Array<string>(share).fill(name),
  )
}

/** Kinds of distributions, for the pairs that a run is to cover; each has those that are listed. */
const kinds = {
  'whole numbers': ['small integers', wholeNearOne],
  'mostly zeros': ['one-hot', 'zeros', 'signed zeros'],
  'equal numbers': ['whole constant', 'whole ties', 'constant', 'ties'],
  'any numbers': ['uniform', 'normal', 'cancelling pairs'],
  'one sign': ['positive', 'negative'],
  extremes: ['wide range', 'one large', 'close together'],
  'ends of the format': ['every magnitude', 'next to the ends', 'subnormals'],
} as const

export type DistributionKind = keyof typeof kinds

export const kindsOfDistribution = Object.keys(kinds) as readonly DistributionKind[]

export function kindOf(distribution: string): DistributionKind {
  const found = kindsOfDistribution.find((kind) =>
    (kinds[kind] as readonly string[]).includes(distribution),
  )
  if (found === undefined) throw new Error(`the distribution '${distribution}' is of no kind`)
  return found
}
