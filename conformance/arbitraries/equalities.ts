import type { Space } from '../../spec/language/operation.ts'
import type { Case } from './case.ts'
import type { Random } from './random.ts'

/** Beyond this, sums and products of whole numbers would not stay exact. */
const largestWhole = 16

/**
 * Makes elements equal to others, or as far from them as a parameter or a 1 is, in sum or in
 * proportion: where a threshold is reached exactly, or two numbers tie, no drawn numbers ever meet.
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
    (name) => space.inputs[name]!.elements !== 'bit' && inputs[name]!.data.length > 0,
  )
  if (names.length === 0) return
  for (const name of names) {
    const { data } = inputs[name]!
    const whole = data.every(isSmallWhole)
    for (let place = 0; place < data.length; place++) {
      // Thresholds often look at what comes first and last.
      const outer = place === 0 || place === data.length - 1
      if (random.below(outer ? 3 : 6) >= 2) continue
      const own = random.below(3) > 0
      const from = own ? data : inputs[names[random.below(names.length)]!]!.data
      const step = steps[random.below(steps.length)]!
      const exact = related(someOf(from, random), step, random)
      const rounded = round(exact)
      const allowed = space.inputs[name]!.elements === 'real' || rounded >= 0
      const value = rounded === 0 ? 0 : rounded
      const fits = whole ? isSmallWhole(value) && value === exact : Number.isFinite(value)
      if (allowed && fits) data[place] = value
    }
  }
}

function related(other: number, step: number, random: Random): number {
  // Sums and differences are what most thresholds are about.
  switch (random.below(8)) {
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
      return other + step
    default:
      return other - step
  }
}

/** The largest element, the smallest, the first, the last, or any. */
function someOf(data: Float32Array | Float64Array | Int32Array, random: Random): number {
  const any = random.below(data.length)
  switch (random.below(5)) {
    case 0:
      return Math.max(...data)
    case 1:
      return Math.min(...data)
    case 2:
      return data[0]!
    case 3:
      return data[data.length - 1]!
    default:
      return data[any]!
  }
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
