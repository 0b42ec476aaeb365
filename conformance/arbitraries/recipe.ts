import type * as fc from 'fast-check'
import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameters, Space, Usual } from '../../spec/language/operation.ts'
import type { Ranges } from '../protocol/ranges.ts'
import type { Leaf } from './beyond.ts'
import type { Recipe, Values } from './case.ts'
import { DataMaker } from './data-maker.ts'
import { type Draw, type Draws, type Place, placesOf } from './draws.ts'
import { type DrawParameter, drawerOf, type Fixed, hasSizes, tellSizes } from './parameter.ts'
import { type Placed, SizeMaker } from './size-maker.ts'
import { lessAndLess, type Styled } from './style.ts'
import { StyleMaker } from './style-maker.ts'
import { narrowed } from './within.ts'
import { mostLargeWork, mostWorkOf, workOf } from './work.ts'

/** What recipes are asked for beside a space. */
export interface Reach {
  /** Whether sizes and parameters may go beyond those that are drawn, to whatever is valid. */
  readonly beyond: boolean
  /** What practice uses; those that are no cases of the space are left out. */
  readonly usual: readonly Usual[]
  /** To which sizes and parameters all are confined; to none unless told otherwise. */
  readonly within?: Ranges
}

const narrow: Reach = { beyond: false, usual: [] }

/**
 * Makes recipes of independent whole numbers, always as many and in the same order.
 *
 * Styles come first: which usual configuration, which axes have the size of a tile, which parameters
 * are at an end or beyond, which two axes are equal while all others are 1. Zeros there are plain
 * recipes, so a style is what shrinks away first. Then sizes, parameters, distributions.
 */
export class RecipeMaker {
  readonly places: readonly Place[]
  readonly #at: ReadonlyMap<string, number>
  readonly #parameters: readonly (readonly [name: string, draw: DrawParameter])[]
  readonly #styles: StyleMaker
  readonly #sizes: SizeMaker
  readonly #data: DataMaker
  readonly #within: Ranges
  readonly #confines: boolean
  readonly #toldSizes: boolean

  constructor(
    readonly space: Space,
    readonly values: Values,
    { beyond, usual, within = {} }: Reach = narrow,
  ) {
    this.#within = within
    this.#confines = Object.keys({ ...within.sizes, ...within.parameters }).length > 0
    this.#parameters = Object.entries(space.parameters).map(
      ([name, parameter]) => [name, drawerOf(parameter, name)] as const,
    )
    this.#toldSizes = Object.values(space.parameters).some(hasSizes)
    this.#styles = new StyleMaker(space, this.#parameters, usual, beyond)
    this.#sizes = new SizeMaker(space, within)
    this.#data = new DataMaker(space, values, beyond, within)
    this.places = placesOf((draw) => this.#make(draw))
    this.#at = new Map(this.places.map(({ name }, i) => [name, i]))
  }

  get usual(): readonly Usual[] {
    return this.#styles.usual
  }

  /** The axes that may have the size of a tile. */
  get axes(): readonly string[] {
    return this.#styles.axes
  }

  /** The parts of parameters that have values beyond. */
  get leaves(): readonly Leaf[] {
    return this.#styles.leaves
  }

  /** Every two axes that may be equal while all others are as small as they get. */
  get equalAxes(): readonly (readonly [string, string])[] {
    return this.#styles.equalAxes
  }

  make(draws: Draws): Omit<Recipe, 'seed'> {
    return this.#make((name) => draws[this.#at.get(name)!]!)
  }

  /** Numbers as they come, of a plain recipe but for those that are fixed by name. */
  draw(random: fc.Random, fixed: Readonly<Record<string, number>> = {}): Draws {
    return this.places.map(({ name, most, isStyle }) => {
      const drawn = isStyle ? 0 : random.nextInt(0, most)
      return Math.min(most, fixed[name] ?? drawn)
    })
  }

  #make(draw: Draw): Omit<Recipe, 'seed'> {
    const style = this.#styles.draw(draw)
    const plan = this.#sizes.draw(draw)
    const parametersWith = (fixed: Fixed): Parameters => {
      const drawn: Record<string, unknown> = {}
      for (const [name, drawParameter] of this.#parameters) {
        drawn[name] = drawParameter(draw, fixed)
      }
      return drawn
    }
    const plain = parametersWith(new Map())
    const wide = style.fixed.size === 0 ? plain : parametersWith(style.fixed)
    const data = this.#data.draw(draw)
    let made: Placed | undefined
    for (const { tiles, small, ends, halved } of lessAndLess(style, this.#confines)) {
      const parameters = ends ? wide : plain
      const usual = halved > 0 ? undefined : style.usual
      const given = this.#confined({ ...parameters, ...usual?.parameters }, draw)
      const exact = data.equalities && this.values === 'integers'
      made = this.#sizes.place(
        { ...style, usual, tiles, small, halved },
        plan,
        exact ? this.#wholeIn(given) : given,
      )
      const most = style.large
        ? mostLargeWork(this.space, this.values, made.parameters)
        : mostWorkOf(this.space, this.values, made.parameters) * (isAlone(tiles, small) ? 2 : 1)
      if (workOf(this.space, made.sizes, made.parameters) <= most) break
    }
    const { sizes, parameters } = made!
    return {
      sizes,
      parameters: this.#toldSizes ? (tellSizes(parameters, sizes) as Parameters) : parameters,
      ...data,
    }
  }

  /** The parameters, those within the ranges as they are. */
  #confined(parameters: Parameters, draw: Draw): Parameters {
    const confined: Record<string, unknown> = { ...parameters }
    for (const [name, range] of Object.entries(this.#within.parameters ?? {})) {
      const parameter = this.space.parameters[name]
      if (parameter !== undefined) {
        confined[name] = narrowed(range, parameter, parameters[name], draw, name)
      }
    }
    return confined
  }

  /** Thresholds that whole numbers can meet: whole ones, or quarters where the range is small. */
  #wholeIn(parameters: Parameters): Parameters {
    const whole: Record<string, unknown> = { ...parameters }
    for (const [name, parameter] of Object.entries(this.space.parameters)) {
      if (parameter.kind !== 'real') continue
      const step = parameter.to - parameter.from <= 1 ? 1 / 4 : 1
      const rounded = Math.round(parameters[name] / step) * step
      if (!mismatch(parameter, rounded, name)) whole[name] = rounded
    }
    return whole
  }
}

/** Whether a single axis has the size of a tile: what grows with its square would not get beyond 32 otherwise. */
function isAlone(tiles: Styled['tiles'], small: Styled['small']): boolean {
  return tiles.size === 1 && small === 'least'
}
