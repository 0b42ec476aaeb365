import { hasSome } from '../../spec/language/elements.ts'
import {
  type ArrayInput,
  array,
  type Range,
  rangeOf,
  type Space,
} from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Case, Drawn, Recipe } from './case.ts'
import { covarianceOf } from './covariance.ts'
import { type Distribution, distributions } from './distributions.ts'
import { equalize } from './equalities.ts'
import { fillPadding } from './padding.ts'
import { type Random, stream } from './random.ts'

/** The numbers that the precision under test can hold, and the element type that carries them. */
export interface Grid {
  readonly round: (x: number) => number
  /** Whether an array of the element type rounds to the grid by itself, and holds all that is drawn. */
  readonly native: boolean
  readonly dtype: 'float32' | 'float64'
  /** Distributions that are others than usual, since the grid ends elsewhere. */
  readonly distributions?: Readonly<Record<string, Distribution>>
  /** The powers of two between which magnitudes stay, beyond which all would be zero or infinite. */
  readonly powers?: readonly [least: number, most: number]
}

export const float32Grid: Grid = { round: Math.fround, native: true, dtype: 'float32' }

/** Makes the case that a recipe stands for: the same one at any time, on any machine. */
export function realize(space: Space, recipe: Recipe, grid: Grid = float32Grid): Case {
  const inputs: Record<string, Tensor> = {}
  const { sizes, parameters, distribution, arrays, equalities, absent = [], seed } = recipe
  for (const [name, input] of Object.entries(space.inputs)) {
    const shape = input.axes.map((symbol) => sizes[symbol])
    const drawn = arrays?.[name] ?? { distribution, exponent: 0 }
    const random = stream(seed, name)
    const data = input.pads
      ? paddingOf(shape, grid, random)
      : input.semidefinite
        ? fillCovariance(shape[0]!, drawn, random, grid)
        : input.elements === 'whole'
          ? fillWhole(rangeOf(input, parameters)!, elements(shape), drawn, random, grid)
          : fill(input, elements(shape), drawn, random, grid)
    inputs[name] = { dtype: grid.dtype, shape, data }
  }
  if (equalities) {
    equalize(space, { sizes, inputs, parameters }, stream(seed, 'equalities'), grid.round)
  }
  for (const [name, input] of Object.entries(space.inputs)) {
    if (input.some !== undefined) addSome(input, inputs[name]!, stream(seed, `some ${name}`))
  }
  for (const name of absent) {
    const { dtype, shape, data } = inputs[name]!
    inputs[name] = { dtype, shape, data: data.fill(0), absent: true }
  }
  return arrays ? { sizes, inputs, parameters } : { sizes, inputs, parameters, distribution }
}

/** A 1 at some place of an array of zeros, or of each row of zeros. */
function addSome(input: ArrayInput, { shape, data }: Tensor, random: Random) {
  const length = input.some === 'in each row' ? shape.at(-1)! : data.length
  for (let first = 0; first < data.length; first += length) {
    const row = data.subarray(first, first + length)
    if (!hasSome(input, { shape: [length], data: row })) row[random.below(length)] = 1
  }
}

function paddingOf(
  [steps, sequences]: readonly number[],
  { dtype }: Grid,
  random: Random,
): Float32Array | Float64Array {
  const data = new (dtype === 'float32' ? Float32Array : Float64Array)(steps! * sequences!)
  fillPadding(data, [steps!, sequences!], random)
  return data
}

/** A covariance of a matrix that is drawn as any other, of as many rows as there are columns, fewer or one more. */
function fillCovariance(
  size: number,
  drawn: Drawn,
  random: Random,
  grid: Grid,
): Float32Array | Float64Array {
  const rows = random.below(2) === 0 ? size + 1 : 1 + random.below(size)
  const exact: Grid = { round: (x) => x, native: false, dtype: 'float64' }
  const factor = fill(array(''), rows * size, drawn, random, exact)
  return covarianceOf(factor, [rows, size], grid)
}

function fill(
  input: ArrayInput,
  length: number,
  { distribution: name, exponent }: Drawn,
  random: Random,
  grid: Grid,
): Float32Array | Float64Array {
  const distribution = grid.distributions?.[name] ?? distributions[name]
  if (!distribution) throw new Error(`there is no distribution '${name}'`)
  const data = grid.dtype === 'float32' ? new Float32Array(length) : new Float64Array(length)
  if (input.elements === 'bit') {
    for (let i = 0; i < length; i++) data[i] = random.below(2)
    return data
  }
  const [least, most] = grid.powers ?? [exponent, exponent]
  const factor = 2 ** Math.min(most, Math.max(least, exponent))
  if (grid.native && exponent === 0) distribution(random, data)
  else {
    const exact = new Float64Array(length)
    distribution(random, exact)
    for (let i = 0; i < length; i++) data[i] = onGrid(exact[i]! * factor, grid)
  }
  if (input.elements !== 'real') {
    for (let i = 0; i < length; i++) data[i] = Math.abs(data[i])
  }
  if (input.elements === 'positive') {
    // By a subnormal number, which may be flushed or have no reciprocal, nothing can be divided.
    for (let i = 0; i < length; i++) if (data[i]! < 2 ** -126) data[i] = 1
  }
  if (input.elements === 'share') {
    for (let i = 0; i < length; i++) data[i] = asShare(data[i]!, i, grid)
  }
  return data
}

/** What is above 1 becomes its reciprocal, or by as much less than 1; what may be flushed, 0. */
function asShare(x: number, place: number, grid: Grid): number {
  const share = x > 1 ? onGrid(place % 2 === 0 ? 1 / x : 1 - 1 / x, grid) : x
  return share < 2 ** -126 ? 0 : share
}

/**
 * Whole numbers of a range: a third of them small, as the distribution has them, the others at its ends,
 * beside them, or anywhere between. A single one often says how much there is of something: half of the time, all.
 */
function fillWhole(
  [low, high]: Range,
  length: number,
  as: Drawn,
  random: Random,
  grid: Grid,
): Float32Array | Float64Array {
  const data = fill(array(''), length, as, random, grid)
  const between = () => low + Math.floor(random.unit() * (high - low + 1))
  const ends = [() => low, () => high, () => low + 1, () => high - 1, between, between, between]
  for (let i = 0; i < length; i++) {
    // Below a range that has no negative numbers there is nothing: their sizes are as good as others.
    const near = Math.round(low >= 0 ? Math.abs(data[i]!) : data[i]!)
    const drawn = random.below(3) === 0 ? near : ends[random.below(ends.length)]!()
    const any = length === 1 && low === 0 && random.below(2) === 0 ? high : drawn
    const inside = Math.min(high, Math.max(low, any))
    let value = grid.round(inside)
    // A narrow grid may round an end out of the range, or not reach it.
    for (let half = inside; !(value >= low && value <= high && Number.isFinite(value)); ) {
      half = Math.trunc(half / 2)
      value = grid.round(half)
    }
    data[i] = value === 0 ? 0 : value
  }
  return data
}

/** The nearest number of the grid; one beyond a narrow grid (2^20 in float16) is scaled into it. */
function onGrid(x: number, grid: Grid): number {
  let rounded = grid.round(x)
  for (let scaled = x; !Number.isFinite(rounded); rounded = grid.round(scaled)) scaled *= 2 ** -16
  return rounded
}
