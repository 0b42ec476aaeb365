import { allowedElements } from '../../spec/language/elements.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import type { Random } from './random.ts'

/** Beyond this, sums and products of whole numbers would not stay exact. */
const largestWhole = 16

/**
 * Makes elements equal to others, or nearly so, or as far from them as a parameter or a 1 is, in sum or
 * in proportion: where a threshold is reached exactly, two numbers tie, or a difference all but
 * cancels, no drawn numbers ever meet. An element meets the one before it and any other; of two arrays
 * of one length, elements in the same place meet, now and then all of them.
 * Whole numbers stay small whole numbers. The arrays are changed in place, before anyone has seen them.
 */
export function equalize(
  space: Space,
  { inputs, parameters }: Case,
  random: Random,
  round: (x: number) => number,
): void {
  const steps = [0, 1, ...numbersIn(parameters), ...numbersIn(parameters)]
  const names = Object.keys(inputs).filter(
    (name) =>
      space.inputs[name]!.elements !== 'bit' &&
      // An element of a covariance is not changed without others.
      !space.inputs[name]!.semidefinite &&
      inputs[name]!.data.length > 0,
  )
  const tests = names.map(
    (name) => allowedElements(space.inputs[name]!, parameters)?.holds ?? (() => true),
  )
  if (names.length === 0) return
  const arrays = names.map((name) => new Elements(inputs[name]!.data))
  for (const [at, name] of names.entries()) {
    const array = arrays[at]!
    const { data } = array
    const isAllowed = tests[at]!
    const whole = data.every(isSmallWhole)
    const alike = arrays.slice(0, at).filter((before) => before.data.length === data.length)
    if (!whole && alike.length > 0 && random.below(4) === 0) {
      const { data: other } = alike[random.below(alike.length)]!
      const hasEnds = ['share', 'whole'].includes(space.inputs[name]!.elements)
      if (!hasEnds && other.every(isAllowed)) {
        array.bringNear(other, random, round)
        continue
      }
    }
    for (let place = 0; place < data.length; place++) {
      // Thresholds often look at what comes first and last.
      const outer = place === 0 || place === data.length - 1
      if (random.below(outer ? 3 : 6) >= 2) continue
      const own = random.below(3) > 0
      const from = own ? array : arrays[random.below(names.length)]!
      const step = steps[random.below(steps.length)]!
      const facing = !own && from.data.length === data.length && random.below(2) === 0
      const before = own && place > 0 && random.below(4) === 0
      const other = facing ? from.data[place]! : before ? data[place - 1]! : from.some(random)
      const exact = related(other, step, random)
      const rounded = round(exact)
      const value = rounded === 0 ? 0 : rounded
      const fits = whole ? isSmallWhole(value) && value === exact : Number.isFinite(value)
      if (isAllowed(value) && fits) array.set(place, value)
    }
  }
}

function related(other: number, step: number, random: Random): number {
  // Sums and differences are what most thresholds are about.
  switch (random.below(10)) {
    case 0:
      return step
    case 1:
      return other
    case 2:
      return other * step
    case 3:
      return other * (1 - step)
    case 4:
    case 5:
      // So near that squares and sums of them hold little of the difference.
      return other * (1 + (2 * random.below(2) - 1) * 2 ** -(4 + random.below(20)))
    case 6:
    case 7:
      return other + step
    default:
      return other - step
  }
}

/** The elements of an array, of which the largest and the smallest are asked for again and again. */
class Elements {
  #largest: number | null = null
  #smallest: number | null = null

  constructor(readonly data: Tensor['data']) {}

  set(place: number, value: number): void {
    const before = this.data[place]!
    this.data[place] = value
    if (this.#largest !== null && value > this.#largest) this.#largest = value
    else if (before === this.#largest) this.#largest = null
    if (this.#smallest !== null && value < this.#smallest) this.#smallest = value
    else if (before === this.#smallest) this.#smallest = null
  }

  /** Every element becomes one near that of another array: all differences between the two nearly cancel. */
  bringNear(other: Tensor['data'], random: Random, round: (x: number) => number): void {
    const spread = 2 ** -(4 + random.below(20))
    for (let place = 0; place < other.length; place++) {
      const near = round(other[place]! * (1 + (2 * random.unit() - 1) * spread))
      // Beyond the largest number there is none.
      this.set(place, Number.isFinite(near) ? near : other[place]!)
    }
  }

  /** The largest element, the smallest, the first, the last, or any. */
  some(random: Random): number {
    const { data } = this
    const any = random.below(data.length)
    switch (random.below(5)) {
      case 0:
        this.#largest ??= largestOf(data)
        return this.#largest
      case 1:
        this.#smallest ??= smallestOf(data)
        return this.#smallest
      case 2:
        return data[0]!
      case 3:
        return data[data.length - 1]!
      default:
        return data[any]!
    }
  }
}

function largestOf(data: Tensor['data']): number {
  let found = data[0]!
  for (let i = 1; i < data.length; i++) if (data[i]! > found) found = data[i]!
  return found
}

function smallestOf(data: Tensor['data']): number {
  let found = data[0]!
  for (let i = 1; i < data.length; i++) if (data[i]! < found) found = data[i]!
  return found
}

function isSmallWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= largestWhole
}

/** Every number in the value of a parameter, however deep. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersIn)
}
