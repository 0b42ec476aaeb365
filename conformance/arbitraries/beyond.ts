import type { IntegerParameter, Parameter, RealParameter } from '../../spec/language/parameter.ts'
import { nextFloat32 } from '../base/next.ts'
import { alternativeAt } from './parameter.ts'

/** A number somewhere in a parameter, and the values that it is given on purpose. */
export interface Leaf {
  /** Where it is: `strides[1]`. */
  readonly path: string
  /** The ends of its range with their neighbours, and values beyond those that are drawn. */
  readonly values: readonly number[]
  /** Between which numbers it is drawn otherwise. */
  readonly range: readonly [from: number, to: number]
}

/**
 * Every number of a parameter of which values beyond the drawn ones are valid. One that has a single
 * value to draw is meant to have that value, and is left out.
 */
export function leavesOf(parameter: Parameter, path: string, far: boolean): readonly Leaf[] {
  switch (parameter.kind) {
    case 'integer':
      return leaf(path, [parameter.min, parameter.upTo], integersBeyond(parameter, far))
    case 'real':
      return leaf(path, [parameter.from, parameter.to], realsBeyond(parameter))
    case 'tuple':
      return parameter.items.flatMap((item, i) => leavesOf(item, `${path}[${i}]`, far))
    case 'list':
      return parameter.max === 0 ? [] : leavesOf(parameter.item, `${path}[0]`, far)
    case 'record':
      return Object.entries(parameter.fields).flatMap(([name, field]) =>
        leavesOf(field, `${path}.${name}`, far),
      )
    case 'alternatives':
      return parameter.options.flatMap((option, i) => leavesOf(option, alternativeAt(path, i), far))
    default:
      return []
  }
}

function leaf(
  path: string,
  range: readonly [number, number],
  values: readonly number[],
): readonly Leaf[] {
  return values.length === 0 || range[0] === range[1] ? [] : [{ path, values, range }]
}

/** Around the sizes of vectors and tiles, and some whose reciprocals float32 holds poorly. */
const near = [
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 23, 29, 31, 32, 33, 41, 47, 55, 63, 64, 65,
]

/** Products of two of the larger ones pass 2^16, of three 2^24 and 2^31: counts that some formats do not hold. */
const distant = [
  61, 82, 83, 94, 97, 100, 107, 109, 110, 255, 256, 257, 512, 767, 1001, 1024, 2049, 4096, 46341,
  65535, 65537,
]

function integersBeyond({ min, max, upTo }: IntegerParameter, far: boolean): readonly number[] {
  const values = [upTo + 1, upTo + 2, 2 * upTo, ...near, ...(far ? distant : [])]
  const ends = max < Number.MAX_SAFE_INTEGER ? [max] : []
  return distinct([min, ...ends, ...values.filter((value) => value > upTo && value <= max)])
}

/**
 * The closed ends of the range, the numbers next to every end, and what lies beyond the drawn points on
 * both sides: magnitudes that no decimal fraction of a few digits has.
 */
export function realsBeyond({
  min,
  max,
  open,
  from,
  to,
  values,
}: RealParameter): readonly number[] {
  const closed = open ? [] : [min, max]
  // The neighbour of 0 is a subnormal number, which may be flushed: 2^-24 is next to 0 beside 1.
  const above = (end: number) => (end === 0 ? 2 ** -24 : nextFloat32(end, 1))
  const below = (end: number) => (end === 0 ? -(2 ** -24) : nextFloat32(end, -1))
  const scale = Math.max(Math.abs(from), Math.abs(to))
  const wide = [2, 3, 8, 100].flatMap((times) => [times * scale, -times * scale])
  const candidates = [
    ...closed,
    above(min),
    below(max),
    ...values.flatMap((value) => [below(value), above(value)]),
    0,
    1,
    2,
    3,
    2 ** -20,
    scale * 2 ** -15,
    ...wide,
  ]
  const valid = (value: number) =>
    open ? value > min && value < max : value >= min && value <= max
  return distinct(candidates.map(Math.fround).filter((v) => Number.isFinite(v) && valid(v)))
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)]
}
