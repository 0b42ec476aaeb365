import type * as fc from 'fast-check'

import type { Recipe } from './case.ts'

/**
 * Whole numbers from which a recipe is made, each with a name and in `0..most`. Zeros give the simplest
 * recipe, so making a recipe smaller is making its numbers smaller, from the first to the last.
 */
export type Draws = readonly number[]

/** The numbers of a recipe, and the seed of its arrays. */
export interface Planned {
  readonly draws: Draws
  readonly seed: number
  /** What is made of the numbers, where it has been made already. */
  readonly recipe?: Omit<Recipe, 'seed'>
}

/** The number of that name, in `0..most`. Names are asked for in an order that never varies. */
export type Draw = (name: string, most: number) => number

/** One of the numbers that something is made of. */
export interface Place {
  readonly name: string
  readonly most: number
  /** Whether it says how a case differs from a plain one. */
  readonly isStyle: boolean
}

/** Which numbers `make` asks for, seen by having it made of zeros. */
export function placesOf(make: (draw: Draw) => unknown): readonly Place[] {
  const places = new Map<string, Place>()
  make((name, most) => {
    if (!places.has(name)) places.set(name, { name, most, isStyle: name.startsWith('style ') })
    return 0
  })
  return [...places.values()]
}

const [MIN_SEED, MAX_SEED] = [-(2 ** 31), 2 ** 31 - 1]

/** A seed for the arrays of a case. */
export function drawSeed(random: fc.Random): number {
  return random.nextInt(MIN_SEED, MAX_SEED)
}
