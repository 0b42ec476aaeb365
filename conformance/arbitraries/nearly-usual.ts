import type * as fc from 'fast-check'
import type { Place } from './draws.ts'
import type { Numbers } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { shuffled } from './shuffled.ts'
import { thingsOf } from './usual.ts'

/** Every usual configuration. */
export function usualOf({ usual }: RecipeMaker): readonly Numbers[] {
  return usual.map((_, i) => ({ 'style usual': i + 1 }))
}

/**
 * What follows once every usual configuration was had: such but for a parameter in turn, and beside each of them the
 * whole ones again, two times as often as such but for anything else.
 */
export function usualAgain(maker: RecipeMaker, random: fc.Random): Numbers[] {
  const inTurn = usualInTurnOf(maker, random)
  const others: Numbers[] = []
  do {
    const [nearly, whole] = [nearlyUsualOf(maker, random), usualOf(maker)]
    // Where none are to be had in turn, such but for anything take their place.
    const more = inTurn.length > 0 ? whole : nearlyUsualOf(maker, random)
    others.push(...shuffled([...nearly, ...whole, ...more], random))
  } while (others.length < inTurn.length)
  return others.flatMap((other, i) => (i < inTurn.length ? [inTurn[i]!, other] : [other]))
}

/**
 * Every usual configuration but for one of the things that it says, more often one of many numbers: a
 * padding of four amounts four times as often as a size.
 */
function nearlyUsualOf(maker: RecipeMaker, random: fc.Random): Numbers[] {
  return maker.usual.map((each, i) => {
    const places = thingsOf(each).flatMap((name, place) => {
      const numbers = numbersOf(maker, name).length
      return Array.from({ length: Math.max(1, numbers) }, () => place + 1)
    })
    const but = places[random.nextInt(0, Math.max(0, places.length - 1))] ?? 0
    return { 'style usual': i + 1, 'style usual but': but }
  })
}

/**
 * Usual configurations but for the parameter with the most numbers in a row, all of which have every value that they
 * are drawn from: what is made for 3 × 3 with stride 2, and reads one of four amounts of padding wrongly where it is 2,
 * is met within a few cases, whatever the others are. What most configurations have in common comes first.
 */
function usualInTurnOf(maker: RecipeMaker, random: fc.Random): Numbers[] {
  const parts = Object.keys(maker.space.parameters).map((name) => rowOf(maker, name))
  const [numbers = []] = parts.toSorted((a, b) => b.length - a.length)
  if (numbers.length < 2) return []
  const parameter = nameOf(numbers[0]!.name)
  const alike = new Map<string, number[]>()
  for (const i of shuffled([...maker.usual.keys()], random)) {
    const { sizes, parameters } = maker.usual[i]!
    const key = JSON.stringify([sizes, { ...parameters, [parameter]: null }])
    alike.set(key, [...(alike.get(key) ?? []), i])
  }
  const turns = 1 + Math.max(...numbers.map(({ most }) => most))
  // Each from elsewhere on, so that they differ from one another: equal ones are usual as it is.
  const from = shuffled([...Array(turns).keys()], random)
  const numbersIn = (turn: number): Numbers =>
    Object.fromEntries(
      numbers.flatMap(({ name, most }, i) => [
        [name, (from[i % turns]! + turn) % (most + 1)],
        // Of several alternatives, the one that has this row.
        ...(name.includes('|') ? [[parameter, Number.parseInt(name.split('|')[1]!, 10)]] : []),
      ]),
    )
  return [...alike.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((configurations) =>
      Array.from({ length: turns }, (_, turn) => {
        const i = configurations[turn % configurations.length]!
        const but = 1 + thingsOf(maker.usual[i]!).indexOf(parameter)
        return { 'style usual': i + 1, 'style usual but': but, ...numbersIn(turn) }
      }),
    )
}

/** The numbers that a parameter consists of, as they are drawn. */
function numbersOf({ places, leaves }: RecipeMaker, parameter: string): readonly Place[] {
  const paths = new Set(leaves.map(({ path }) => path))
  return places.filter(({ name }) => nameOf(name) === parameter && paths.has(name))
}

/** The numbers of a parameter that is several in a row, or of the one of its alternatives that is. */
function rowOf(maker: RecipeMaker, parameter: string): readonly Place[] {
  const row = numbersOf(maker, parameter).filter(({ name }) => /^\w+(\|\d+)?\[\d+\]$/.test(name))
  const [first] = row
  return row.filter(({ name }) => name.split('[')[0] === first!.name.split('[')[0])
}

/** The parameter that a part with a path is of. */
function nameOf(path: string): string {
  return path.split(/[[.|]/, 1)[0]!
}
