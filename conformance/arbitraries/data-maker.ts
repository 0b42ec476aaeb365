import type { Space } from '../../spec/language/operation.ts'
import type { Ranges } from '../protocol/ranges.ts'
import type { Drawn, Recipe, Values } from './case.ts'
import { distributionNames, kindOf, wholeNearOne } from './distributions.ts'
import type { Draw } from './draws.ts'

/** What a recipe says of its arrays, but for their sizes. */
type Data = Omit<Recipe, 'seed' | 'sizes' | 'parameters'>

/**
 * To the ends of float32, most often where exponentials saturate; a third of the arrays of a case with
 * magnitudes stay as they are.
 */
const exponents = [
  0, 0, 0, 0, 0, 0, 0, 0, -120, -60, -30, -12, -6, 4, 5, 6, 7, 12, 17, 24, 60, 90, 110, 123,
] as const

/** Draws what the arrays of cases of a space are filled with, and which of them are left out. */
export class DataMaker {
  readonly #distributions: readonly string[]
  readonly #optional: readonly string[]
  readonly #arrays: readonly (readonly [
    array: string,
    ofDistribution: string,
    ofMagnitude: string,
  ])[]
  readonly #thresholds: boolean

  constructor(
    readonly space: Space,
    readonly values: Values,
    beyond: boolean,
    readonly within: Ranges,
  ) {
    const names = Object.keys(space.inputs)
    this.#distributions = distributionNames(values, beyond)
    this.#optional = names.filter((name) => space.inputs[name]!.optional)
    this.#arrays = names.map(
      (name) => [name, `distribution of ${name}`, `magnitude of ${name}`] as const,
    )
    this.#thresholds = Object.values(space.parameters).some(({ kind }) => kind === 'real')
  }

  draw(draw: Draw): Data {
    const names = this.#distributions
    const distribution = names[draw('distribution', names.length - 1)]!
    const apart = draw('own distributions', 3)
    const own = apart === 3
    const magnitudes = draw('magnitudes', 7) === 7 && this.values === 'reals'
    const { saturating } = this.space
    const exact = this.values === 'integers'
    const spares = apart > 0 && saturating !== undefined && (exact || isFar(distribution))
    const arrays: Record<string, Drawn> = {}
    for (const [name, ofDistribution, ofMagnitude] of this.#arrays) {
      const of = names[draw(ofDistribution, names.length - 1)]!
      const exponent = exponents[draw(ofMagnitude, exponents.length - 1)]!
      if (!(own || magnitudes || spares)) continue
      const isNear = saturating?.includes(name) ?? false
      const drawn = own ? of : distribution
      arrays[name] = {
        distribution: !isNear ? drawn : exact ? nearOneOfWhole(drawn) : nearOne(drawn),
        exponent: magnitudes && !isNear ? exponent : 0,
      }
    }
    // More often where a parameter may be what elements are compared with.
    const equalities = draw('equalities', 7) >= (this.#thresholds ? 4 : 6)
    const absent = this.#optional.filter(
      (name) => draw(`absence of ${name}`, 5) === 5 || this.within.absent?.includes(name),
    )
    return {
      distribution,
      ...(own || magnitudes || spares ? { arrays } : {}),
      ...(equalities ? { equalities } : {}),
      ...(absent.length > 0 ? { absent } : {}),
    }
  }
}

/** The same distribution, or one in the place of what is far from 1. */
const nearOne = (distribution: string) => (isFar(distribution) ? 'normal' : distribution)

/** Sums of a few ones saturate a gate as little as a number near 1 does. */
const nearOneOfWhole = (distribution: string) =>
  kindOf(distribution) === 'mostly zeros' ? distribution : wholeNearOne

const isFar = (distribution: string) =>
  ['extremes', 'ends of the format'].includes(kindOf(distribution))
