import type { Dimension, Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import type { Ranges } from '../protocol/ranges.ts'
import type { Draw } from './draws.ts'
import { differing, follow } from './placing.ts'
import type { Styled } from './style.ts'
import { sizeWithin } from './within.ts'

interface FreeAxis {
  readonly symbol: string
  readonly min: number
  readonly upTo: number
}

/** What was drawn for the sizes of a case, before anything that they follow is known. */
interface DrawnSizes {
  readonly apart: boolean
  readonly order: readonly FreeAxis[]
  readonly offsets: Readonly<Record<string, number>>
}

/** Sizes, with the parameters that go with them. */
export interface Placed {
  readonly sizes: Sizes
  readonly parameters: Parameters
}

/** In nine of ten cases all sizes that are not derived differ from each other. */
const COINCIDENCE_SWITCH = 9

/** Draws the sizes of cases of a space, and gives every axis one that goes with the parameters. */
export class SizeMaker {
  readonly #dimensions: readonly (readonly [symbol: string, dimension: Dimension, name: string])[]
  readonly #orders: readonly (readonly FreeAxis[])[]

  constructor(
    readonly space: Space,
    readonly within: Ranges,
  ) {
    // Names are put together once: a recipe asks for dozens of numbers.
    this.#dimensions = Object.entries(space.dimensions).map(
      ([symbol, dimension]) => [symbol, dimension, `size ${symbol}`] as const,
    )
    const free = this.#dimensions.flatMap(([symbol, it]) =>
      it.kind === 'free' ? [{ symbol, min: it.min, upTo: it.upTo }] : [],
    )
    // Whoever chooses first gets the size that it drew, so everyone is first at times. But narrow
    // ranges go before wide ones: then sizes stay in their ranges whenever they can be kept apart there.
    this.#orders = free.map((_, first) =>
      [...free.slice(first), ...free.slice(0, first)].sort((a, b) => a.upTo - b.upTo),
    )
  }

  draw(draw: Draw): DrawnSizes {
    const apart = draw('apart', COINCIDENCE_SWITCH) !== 0
    const order = this.#orders[draw('order', Math.max(0, this.#orders.length - 1))] ?? []
    const offsets: Record<string, number> = {}
    for (const [symbol, dimension, name] of this.#dimensions) {
      if (dimension.kind === 'free') offsets[symbol] = draw(name, dimension.upTo - dimension.min)
      if (dimension.kind === 'at-least') offsets[symbol] = draw(name, dimension.slack)
    }
    return { apart, order, offsets }
  }

  place({ usual, tiles, small, halved = 0 }: Styled, plan: DrawnSizes, drawn: Parameters): Placed {
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

  /** The size, or one within its range from the least one on. */
  #sized(symbol: string, size: number, least: number): number {
    const range = this.within.sizes?.[symbol]
    return range === undefined ? size : sizeWithin(range, size, least)
  }
}
