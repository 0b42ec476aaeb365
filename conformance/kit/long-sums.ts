import { type Precision, roundTo } from '../../reference/arithmetic/precision.ts'
import type {
  Arranged,
  LongSums,
  Operation,
  Parameters,
  Sizes,
} from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { tellSizes } from '../arbitraries/parameter.ts'
import { type Random, stream } from '../arbitraries/random.ts'

/** From this many terms on, a sum is long. */
export const longSum = 64

/** So many of them are not zero, where zeros are mixed in. */
export const fewestOfLongSum = 48

/** A question whose answers are long sums. */
export interface LongQuestion {
  /** What its numbers are like, in a word or two. */
  readonly data: string
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly parameters: Parameters
}

type Draw = (random: Random, position: number, length: number, span: number) => number

const sign = (random: Random) => (random.below(2) === 0 ? 1 : -1)

/** All digits are random, so that no rounding of a sum is more likely to go up than down. */
const fraction = (random: Random) => (1 + random.unit()) / 2

/**
 * Numbers that show what sums of them lose. Within one sign, what is cut off is always cut in one direction.
 * The others have either sign and zeros among them, and a wide range, large at both ends of an array and
 * small in its middle, so that whoever reduces from one end, or from the other, adds small onto large.
 */
const draws: Readonly<Record<string, Draw>> = {
  'one sign': fraction,
  'small onto large': (random, position, length, span) => {
    if (random.below(16) === 0) return 0
    const fromEnd = 1 - Math.abs((2 * position + 1) / length - 1)
    return sign(random) * fraction(random) * 2 ** -Math.floor(span * fromEnd * random.unit())
  },
}

/** The configurations in which an operation has long sums of products of its inputs. */
export function longSumsIn({ sums = [] }: Operation): readonly LongSums[] {
  return typeof sums === 'string' ? [] : sums
}

/** What an arranged array holds at a place. */
const arrangements: Readonly<
  Record<Arranged, (drawn: number, index: readonly number[], shape: readonly number[]) => number>
> = {
  zeros: () => 0,
  ones: () => 1,
  magnitudes: Math.abs,
  identity: (_, index) => (index.at(-1) === index.at(-2) ? 1 : 0),
  'identity kernel': (_, index, shape) => {
    const isMiddle = index.slice(0, -2).every((i, axis) => i === (shape[axis]! - 1) >> 1)
    return isMiddle && index.at(-1) === index.at(-2) ? 1 : 0
  },
}

/** Powers of two from the largest element to the smallest, so that no product underflows. */
const spanOf = (precision: Precision) => (precision === 'float16' ? 4 : 12)

/** Every kind of data in every configuration in which an operation has long sums. */
export function longQuestions(
  operation: Operation,
  precision: Precision,
  seed: number,
): readonly LongQuestion[] {
  const dtype = precision === 'float64' ? 'float64' : 'float32'
  return longSumsIn(operation).flatMap((configuration, i) => {
    const { sizes, parameters } = inFull(operation, configuration)
    const { arrays = {} } = configuration
    return Object.entries(draws).map(([data, draw]): LongQuestion => {
      const inputs: Record<string, Tensor> = {}
      for (const [name, { axes }] of Object.entries(operation.inputs)) {
        const shape = axes.map((symbol) => sizes[symbol]!)
        const length = elements(shape)
        const random = stream(seed, `${data} ${i} ${name}`)
        const array = dtype === 'float64' ? new Float64Array(length) : new Float32Array(length)
        const arrangement = arrays[name]
        const arranged = arrangement && arrangements[arrangement]
        for (let at = 0; at < length; at++) {
          const drawn = roundTo(precision, draw(random, at, length, spanOf(precision)))
          array[at] = arranged?.(drawn, indexAt(shape, at), shape) ?? drawn
        }
        inputs[name] = { dtype, shape, data: array }
      }
      return { data, inputs, parameters }
    })
  })
}

/** The index of a place in row-major order. */
function indexAt(shape: readonly number[], place: number): readonly number[] {
  const index: number[] = []
  let left = place
  for (const size of shape.toReversed()) {
    index.unshift(left % size)
    left = Math.floor(left / size)
  }
  return index
}

/** A configuration with all sizes that follow from it, also where parameters tell them. */
function inFull(operation: Operation, { sizes: given = {}, parameters = {} }: LongSums) {
  const sizes: Record<string, number> = { ...(given as Sizes) }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
  }
  const told: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    told[name] = parameter.kind === 'sizes' ? tellSizes(parameter, sizes) : parameters[name]
  }
  return { sizes, parameters: told }
}
