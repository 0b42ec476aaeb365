import type * as fc from 'fast-check'
import { mismatch } from '../../spec/language/mismatch.ts'
import type { Dimension, Parameters, Sizes, Space, Usual } from '../../spec/language/operation.ts'
import type { Ranges } from '../protocol/ranges.ts'
import { type Leaf, leavesOf } from './beyond.ts'
import type { Drawn, Recipe, Values } from './case.ts'
import { distributionNames, kindOf, wholeNearOne } from './distributions.ts'
import { type Draw, type Draws, type Place, placesOf } from './draws.ts'
import { type DrawParameter, drawerOf, type Fixed, hasSizes, tellSizes } from './parameter.ts'
import { differing, follow } from './placing.ts'
import {
  largeStyles,
  largeTiles,
  lessAndLess,
  type Style,
  type Styled,
  slots,
  tileSizes,
} from './style.ts'
import { allBut, thingsOf, usualIn } from './usual.ts'
import { narrowed, sizeWithin } from './within.ts'
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
  readonly usual: readonly Usual[]
  /** The axes that may have the size of a tile, and the parts of parameters that have values beyond. */
  readonly axes: readonly string[]
  readonly leaves: readonly Leaf[]
  /** Every two axes that may be equal while all others are as small as they get. */
  readonly equalAxes: readonly (readonly [string, string])[]
  readonly places: readonly Place[]
  /** The arrays that are left out now and then. */
  readonly optional: readonly string[]
  readonly #at: ReadonlyMap<string, number>
  readonly #dimensions: readonly (readonly [symbol: string, Dimension])[]
  readonly #parameters: readonly (readonly [name: string, draw: DrawParameter])[]
  readonly #names: ReturnType<typeof namesOf>
  readonly #distributions: readonly string[]
  readonly #orders: readonly (readonly FreeAxis[])[]
  readonly #mostThings: number
  readonly #within: Ranges
  readonly #confines: boolean
  readonly #toldSizes: boolean
  readonly #thresholds: boolean

  constructor(
    readonly space: Space,
    readonly values: Values,
    { beyond, usual, within = {} }: Reach = narrow,
  ) {
    this.#within = within
    this.#confines = Object.keys({ ...within.sizes, ...within.parameters }).length > 0
    const dimensions = Object.entries(space.dimensions)
    this.#dimensions = dimensions
    this.#parameters = Object.entries(space.parameters).map(
      ([name, parameter]) => [name, drawerOf(parameter, name)] as const,
    )
    const free = dimensions.flatMap(([symbol, it]) =>
      it.kind === 'free' ? [{ symbol, min: it.min, upTo: it.upTo }] : [],
    )
    // Whoever chooses first gets the size that it drew, so everyone is first at times. But narrow
    // ranges go before wide ones: then sizes stay in their ranges whenever they can be kept apart there.
    this.#orders = free.map((_, first) =>
      [...free.slice(first), ...free.slice(0, first)].sort((a, b) => a.upTo - b.upTo),
    )
    this.#distributions = distributionNames(values, beyond)
    this.#toldSizes = Object.values(space.parameters).some(hasSizes)
    this.#thresholds = Object.values(space.parameters).some(({ kind }) => kind === 'real')
    this.usual = usualIn(space, usual, beyond)
    this.#mostThings = Math.max(0, ...this.usual.map((each) => thingsOf(each).length))
    this.optional = Object.keys(space.inputs).filter((name) => space.inputs[name]!.optional)
    this.axes = !beyond
      ? []
      : dimensions.flatMap(([symbol, it]) =>
          (it.kind === 'free' && it.upTo > it.min) || it.kind === 'at-least' ? [symbol] : [],
        )
    // Without arrays, counts alone are asked for, which large numbers make no dearer.
    const far = Object.keys(space.inputs).length === 0
    this.leaves = !beyond
      ? []
      : Object.entries(space.parameters).flatMap(([name, parameter]) =>
          this.#withTiles(leavesOf(parameter, name, far), name),
        )
    this.equalAxes = this.axes.flatMap((first, i) =>
      this.axes.slice(i + 1).map((second) => [first, second] as const),
    )
    this.#names = namesOf(space, this.leaves)
    this.places = placesOf((draw) => this.#make(draw))
    this.#at = new Map(this.places.map(({ name }, i) => [name, i]))
  }

  /** A parameter that is the size of an axis of some input goes as far as other sizes do: an index may be a byte. */
  #withTiles(leaves: readonly Leaf[], name: string): readonly Leaf[] {
    const parameter = this.space.parameters[name]!
    if (parameter.kind !== 'integer' || !this.#isSize(name)) return leaves
    const { upTo, max } = parameter
    return leaves.map((leaf) => {
      const tiles = tileSizes.filter((size) => size > upTo && size <= max)
      return { ...leaf, values: [...new Set([...leaf.values, ...tiles])] }
    })
  }

  /** Whether an axis of some input has as many elements as a parameter says. */
  #isSize(name: string): boolean {
    const { dimensions, inputs } = this.space
    const sizes = Object.fromEntries(this.#dimensions.map(([symbol]) => [symbol, 1]))
    const simplest: Record<string, unknown> = {}
    for (const [other, draw] of this.#parameters) simplest[other] = draw(() => 0, new Map())
    const axes = new Set(Object.values(inputs).flatMap((input) => input.axes))
    return [...axes].some((symbol) => {
      const dimension = dimensions[symbol]!
      const is = (value: number) =>
        dimension.kind === 'derived' &&
        dimension.size(sizes, { ...simplest, [name]: value }) === value
      return is(7) && is(11)
    })
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
    const style = this.#styleOf(draw)
    const plan = this.#sizesOf(draw)
    const parametersWith = (fixed: Fixed): Parameters => {
      const drawn: Record<string, unknown> = {}
      for (const [name, drawParameter] of this.#parameters) {
        drawn[name] = drawParameter(draw, fixed)
      }
      return drawn
    }
    const plain = parametersWith(new Map())
    const wide = style.fixed.size === 0 ? plain : parametersWith(style.fixed)
    const data = this.#dataOf(draw)
    let made: Placed | undefined
    for (const { tiles, small, ends, halved } of lessAndLess(style, this.#confines)) {
      const parameters = ends ? wide : plain
      const usual = halved > 0 ? undefined : style.usual
      const given = this.#confined({ ...parameters, ...usual?.parameters }, draw)
      const exact = data.equalities && this.values === 'integers'
      made = this.#place(
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

  #styleOf(draw: Draw): Style {
    const whole = this.usual[draw('style usual', this.usual.length) - 1]
    const usual = allBut(whole, draw('style usual but', this.#mostThings))
    const tiles = new Map<string, number>()
    const fixed = new Map<string, unknown>()
    for (const [which, ofSize] of slotNames.tile) {
      const axis = this.axes[draw(which, this.axes.length) - 1]
      const size = tileSizes[draw(ofSize, tileSizes.length - 1)]!
      if (axis !== undefined && !tiles.has(axis)) tiles.set(axis, size)
    }
    const most = Math.max(0, ...this.leaves.map(({ values }) => values.length - 1))
    for (const [which, ofValue] of slotNames.end) {
      const leaf = this.leaves[draw(which, this.leaves.length) - 1]
      const value = draw(ofValue, most)
      if (leaf !== undefined && !fixed.has(leaf.path)) {
        fixed.set(leaf.path, leaf.values[value % leaf.values.length])
      }
    }
    for (const [i, { path, values }] of this.leaves.entries()) {
      const value = values[draw(this.#names.ends[i]!, values.length) - 1]
      if (value !== undefined && !fixed.has(path)) fixed.set(path, value)
    }
    const equal = this.equalAxes[draw('style equal', this.equalAxes.length) - 1]
    const size = 2 + draw('style equal size', 2)
    if (equal !== undefined) for (const symbol of equal) tiles.set(symbol, size)
    const large = draw('style large', largeStyles)
    const ofLarge = largeTiles[(large - 1) % largeTiles.length]!
    for (const symbol of large > 0 ? this.#axesOf(large) : []) {
      if (usual?.sizes?.[symbol] === undefined) tiles.set(symbol, ofLarge)
    }
    return { usual, tiles, fixed, large: large > 0, small: equal === undefined ? 'few' : 'least' }
  }

  /** The axes in the order of a large style, of which each begins with another one, and goes either way. */
  #axesOf(style: number): readonly string[] {
    const order = Math.floor((style - 1) / largeTiles.length)
    const first = order % this.axes.length
    const turned = [...this.axes.slice(first), ...this.axes.slice(0, first)]
    return order % 2 === 0 ? turned : turned.reverse()
  }

  #sizesOf(draw: Draw): DrawnSizes {
    const apart = draw('apart', COINCIDENCE_SWITCH) !== 0
    const order = this.#orders[draw('order', Math.max(0, this.#orders.length - 1))] ?? []
    const offsets: Record<string, number> = {}
    for (const [i, [symbol, dimension]] of this.#dimensions.entries()) {
      const name = this.#names.sizes[i]!
      if (dimension.kind === 'free') offsets[symbol] = draw(name, dimension.upTo - dimension.min)
      if (dimension.kind === 'at-least') offsets[symbol] = draw(name, dimension.slack)
    }
    return { apart, order, offsets }
  }

  #dataOf(draw: Draw): Omit<Recipe, 'seed' | 'sizes' | 'parameters'> {
    const names = this.#distributions
    const distribution = names[draw('distribution', names.length - 1)]!
    const apart = draw('own distributions', 3)
    const own = apart === 3
    const magnitudes = draw('magnitudes', 7) === 7 && this.values === 'reals'
    const { saturating } = this.space
    const exact = this.values === 'integers'
    const spares = apart > 0 && saturating !== undefined && (exact || isFar(distribution))
    const arrays: Record<string, Drawn> = {}
    for (const [name, ofDistribution, ofMagnitude] of this.#names.arrays) {
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
    const absent = this.optional.filter(
      (name) => draw(`absence of ${name}`, 5) === 5 || this.#within.absent?.includes(name),
    )
    return {
      distribution,
      ...(own || magnitudes || spares ? { arrays } : {}),
      ...(equalities ? { equalities } : {}),
      ...(absent.length > 0 ? { absent } : {}),
    }
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

  /** The size, or one within its range from the least one on. */
  #sized(symbol: string, size: number, least: number): number {
    const range = this.#within.sizes?.[symbol]
    return range === undefined ? size : sizeWithin(range, size, least)
  }

  #place({ usual, tiles, small, halved = 0 }: Styled, plan: DrawnSizes, drawn: Parameters): Placed {
    const { constraints = [] } = this.space
    const fixed = usual?.sizes ?? {}
    const apart = plan.apart && tiles.size === 0
    const taken: number[] = []
    const sizes: Record<string, number> = {}
    const place = (symbol: string, from: number, range: number) => {
      const tile = tiles.get(symbol)
      const given = fixed[symbol]
      const offset = plan.offsets[symbol]! >> halved
      const least = small === 'least' ? 0 : offset % 3
      if (typeof given === 'number') sizes[symbol] = Math.max(from, given)
      else if (tile !== undefined) sizes[symbol] = Math.max(from, tile)
      else if (tiles.size > 0) sizes[symbol] = from + Math.min(range, least)
      else sizes[symbol] = apart ? differing(from, offset, range, taken) : from + offset
      sizes[symbol] = this.#sized(symbol, sizes[symbol], from)
      taken.push(sizes[symbol])
    }
    for (const { symbol, min, upTo } of plan.order) place(symbol, min, upTo - min)
    follow(sizes, fixed)
    let parameters = drawn
    for (const constraint of constraints) parameters = constraint.repair(parameters, sizes)
    for (const [symbol, dimension] of this.#dimensions) {
      if (dimension.kind !== 'at-least') continue
      const lower = Math.max(1, dimension.lower(sizes, parameters))
      place(symbol, lower, dimension.slack)
      const given = fixed[symbol]
      if (typeof given === 'function') {
        sizes[symbol] = this.#sized(symbol, Math.max(lower, given(sizes)), lower)
      }
    }
    for (const [symbol, dimension] of this.#dimensions) {
      if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
    }
    // In the order of the specification, whichever was placed first.
    const inOrder: Record<string, number> = {}
    for (const [symbol] of this.#dimensions) inOrder[symbol] = sizes[symbol]!
    return { sizes: inOrder, parameters }
  }
}

/** Whether a single axis has the size of a tile: what grows with its square would not get beyond 32 otherwise. */
function isAlone(tiles: Styled['tiles'], small: Styled['small']): boolean {
  return tiles.size === 1 && small === 'least'
}

/** The names of numbers, put together once: a recipe asks for dozens of them. */
function namesOf(space: Space, leaves: RecipeMaker['leaves']) {
  return {
    sizes: Object.keys(space.dimensions).map((symbol) => `size ${symbol}`),
    ends: leaves.map(({ path }) => `style end of ${path}`),
    arrays: Object.keys(space.inputs).map(
      (name) => [name, `distribution of ${name}`, `magnitude of ${name}`] as const,
    ),
  }
}

/** The same distribution, or one in the place of what is far from 1. */
const nearOne = (distribution: string) => (isFar(distribution) ? 'normal' : distribution)

/** Sums of a few ones saturate a gate as little as a number near 1 does. */
const nearOneOfWhole = (distribution: string) =>
  kindOf(distribution) === 'mostly zeros' ? distribution : wholeNearOne

const isFar = (distribution: string) =>
  ['extremes', 'ends of the format'].includes(kindOf(distribution))

/** The numbers of each slot for a style: what it is taken for, and which of its values. */
const slotNames = {
  tile: slots.map((slot) => [`style tile ${slot}`, `style tile ${slot} size`] as const),
  end: slots.map((slot) => [`style end ${slot}`, `style end ${slot} value`] as const),
}

interface FreeAxis {
  readonly symbol: string
  readonly min: number
  readonly upTo: number
}

interface DrawnSizes {
  readonly apart: boolean
  readonly order: readonly FreeAxis[]
  readonly offsets: Readonly<Record<string, number>>
}

interface Placed {
  readonly sizes: Sizes
  readonly parameters: Parameters
}

/** In nine of ten cases all sizes that are not derived differ from each other. */
const COINCIDENCE_SWITCH = 9

/**
 * To the ends of float32, most often where exponentials saturate; a third of the arrays of a case with
 * magnitudes stay as they are.
 */
const exponents = [
  0, 0, 0, 0, 0, 0, 0, 0, -120, -60, -30, -12, -6, 4, 5, 6, 7, 12, 17, 24, 60, 90, 110, 123,
] as const
