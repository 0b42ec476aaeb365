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
  const steps = [0, 1, ...numbersIn(parameters)]
  const names = Object.keys(inputs).filter(
    (name) => space.inputs[name]!.elements !== 'bit' && inputs[name]!.data.length > 0,
  )
  if (names.length === 0) return
  for (const name of names) {
    const { data } = inputs[name]!
    const whole = data.every(isSmallWhole)
    for (let times = 1 + random.below(3); times > 0; times--) {
      const from = inputs[names[random.below(names.length)]!]!.data
      const other = from[placeIn(from.length, random)]!
      const step = steps[random.below(steps.length)]!
      const exact = related(other, step, random)
      const rounded = round(exact)
      const allowed = space.inputs[name]!.elements === 'real' || rounded >= 0
      const value = rounded === 0 ? 0 : rounded
      const fits = whole ? isSmallWhole(value) && value === exact : Number.isFinite(value)
      if (allowed && fits) data[placeIn(data.length, random)] = value
    }
  }
}

function related(other: number, step: number, random: Random): number {
  switch (random.below(6)) {
    case 0:
      return step
    case 1:
      return other
    case 2:
      return other + step
    case 3:
      return other - step
    case 4:
      return other * step
    default:
      return other * (1 - step)
  }
}

/** The first or the last place, on which thresholds often look, or any. */
function placeIn(length: number, random: Random): number {
  const any = random.below(length)
  return [0, length - 1, any][random.below(3)]!
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
