import type { Space, Usual } from '../../spec/language/operation.ts'
import { type Leaf, leavesOf } from './beyond.ts'
import type { Draw } from './draws.ts'
import type { DrawParameter } from './parameter.ts'
import { largeStyles, largeTiles, type Style, slots, tileSizes } from './style.ts'
import { allBut, thingsOf, usualIn } from './usual.ts'

/** The numbers of each slot for a style: what it is taken for, and which of its values. */
const slotNames = {
  tile: slots.map((slot) => [`style tile ${slot}`, `style tile ${slot} size`] as const),
  end: slots.map((slot) => [`style end ${slot}`, `style end ${slot} value`] as const),
}

/**
 * Draws the style of cases of a space: which usual configuration, which axes have the size of a tile, which
 * parameters are at an end or beyond, which two axes are equal while all others are 1. Zeros are no style.
 */
export class StyleMaker {
  readonly usual: readonly Usual[]
  /** The axes that may have the size of a tile, and the parts of parameters that have values beyond. */
  readonly axes: readonly string[]
  readonly leaves: readonly Leaf[]
  /** Every two axes that may be equal while all others are as small as they get. */
  readonly equalAxes: readonly (readonly [string, string])[]
  readonly #mostThings: number
  readonly #mostValues: number
  readonly #ends: readonly string[]

  constructor(
    readonly space: Space,
    readonly parameters: readonly (readonly [name: string, draw: DrawParameter])[],
    usual: readonly Usual[],
    beyond: boolean,
  ) {
    this.usual = usualIn(space, usual, beyond)
    this.#mostThings = Math.max(0, ...this.usual.map((each) => thingsOf(each).length))
    this.axes = !beyond
      ? []
      : Object.entries(space.dimensions).flatMap(([symbol, it]) =>
          (it.kind === 'free' && it.upTo > it.min) || it.kind === 'at-least' ? [symbol] : [],
        )
    // Without arrays, counts alone are asked for, which large numbers make no dearer.
    const far = Object.keys(space.inputs).length === 0
    this.leaves = !beyond
      ? []
      : Object.entries(space.parameters).flatMap(([name, parameter]) =>
          this.#withTiles(leavesOf(parameter, name, far), name),
        )
    this.#mostValues = Math.max(0, ...this.leaves.map(({ values }) => values.length - 1))
    this.#ends = this.leaves.map(({ path }) => `style end of ${path}`)
    this.equalAxes = this.axes.flatMap((first, i) =>
      this.axes.slice(i + 1).map((second) => [first, second] as const),
    )
  }

  draw(draw: Draw): Style {
    const whole = this.usual[draw('style usual', this.usual.length) - 1]
    const usual = allBut(whole, draw('style usual but', this.#mostThings))
    const tiles = new Map<string, number>()
    const fixed = new Map<string, unknown>()
    for (const [which, ofSize] of slotNames.tile) {
      const axis = this.axes[draw(which, this.axes.length) - 1]
      const size = tileSizes[draw(ofSize, tileSizes.length - 1)]!
      if (axis !== undefined && !tiles.has(axis)) tiles.set(axis, size)
    }
    for (const [which, ofValue] of slotNames.end) {
      const leaf = this.leaves[draw(which, this.leaves.length) - 1]
      const value = draw(ofValue, this.#mostValues)
      if (leaf !== undefined && !fixed.has(leaf.path)) {
        fixed.set(leaf.path, leaf.values[value % leaf.values.length])
      }
    }
    for (const [i, { path, values }] of this.leaves.entries()) {
      const value = values[draw(this.#ends[i]!, values.length) - 1]
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
    const sizes = Object.fromEntries(Object.keys(dimensions).map((symbol) => [symbol, 1]))
    const simplest: Record<string, unknown> = {}
    for (const [other, draw] of this.parameters) simplest[other] = draw(() => 0, new Map())
    const axes = new Set(Object.values(inputs).flatMap((input) => input.axes))
    return [...axes].some((symbol) => {
      const dimension = dimensions[symbol]!
      const is = (value: number) =>
        dimension.kind === 'derived' &&
        dimension.size(sizes, { ...simplest, [name]: value }) === value
      return is(7) && is(11)
    })
  }
}
