import type { Property } from '../engine/property.ts'

/** One pass over properties: each tries cases up to a place in their sequence. */
export interface Round {
  readonly properties: readonly Property[]
  readonly upTo: number
  /**
   * How long a property may take for it where time is limited; what it has not done by then it does in the
   * next rounds.
   */
  readonly milliseconds: number
  /** Whether faults are tried, too, where time is limited: without them no case counts for anything. */
  readonly withFaults?: boolean
  /** So many glances at every operation come before it, where time is limited. */
  readonly glances?: number
  /** Whether it is for a limited time only; the rounds after it try the same cases and more. */
  readonly isHurried?: boolean
}

/**
 * The order of the work, breadth before depth, and what tells most for the least first. Most mistakes show
 * on the first few cases that are compared with the reference, to the bit or within bounds; many of the
 * others on the first case of a law. A rejection tries all ways to spoil a case, so that one says most.
 * A case that is a whole experiment takes as long as a hundred others, and tells of few mistakes.
 * Only the last round has no end. What comes of a case does not depend on its round.
 */
export function roundsOf(properties: readonly Property[]): readonly Round[] {
  const before = known.get(properties)
  if (before !== undefined) return before
  const rounds = roundsFor(properties)
  known.set(properties, rounds)
  return rounds
}

/** A process that is given one clause after the other asks for the rounds of the same run each time. */
const known = new WeakMap<readonly Property[], readonly Round[]>()

/**
 * What comes after the first round where answers take long and time is limited: a case of everything, and its faults,
 * before a second of anything. Of the first few cases some may be open, and do not count.
 */
export function breadthOf(properties: readonly Property[]): Round {
  return { properties: cheapestFirst(properties), upTo: 8, milliseconds: 0, withFaults: true }
}

/**
 * What comes before the last round where time is limited and many cases are asked for: twice as many of each property
 * again and again, so that the first ones do not take all the time.
 */
export function* deeper(properties: readonly Property[], runs: number): Generator<Round, void> {
  for (let upTo = 100; upTo < runs; upTo *= 2) {
    yield { properties, upTo, milliseconds: Math.min(1000, 1.6 * upTo) }
  }
}

const cheapestFirst = (properties: readonly Property[]) =>
  [...properties].sort((a, b) => expenseOf(a) - expenseOf(b))

function roundsFor(properties: readonly Property[]): readonly Round[] {
  const inOrder = cheapestFirst(properties)
  const leading = leadingOf(properties, inOrder)
  const isRejection = ({ check }: Property) => check.kind === 'rejection'
  const agreements = inOrder.filter(({ agrees }) => agrees)
  const isWhole = ({ whole = false }: Property) => whole
  const others = inOrder.filter(
    (property) => !property.agrees && !isRejection(property) && !isWhole(property),
  )
  const rejections = properties.filter(isRejection)
  return [
    { properties: leading, upTo: 1, milliseconds: 10, glances: 48, isHurried: true },
    { properties: others, upTo: 1, milliseconds: 5, isHurried: true },
    { properties: leading, upTo: 3, milliseconds: 10, glances: mostGlances },
    { properties: agreements, upTo: 3, milliseconds: 10 },
    { properties: agreements, upTo: 5, milliseconds: 10 },
    { properties: others, upTo: 1, milliseconds: 5 },
    { properties: agreements, upTo: 8, milliseconds: 10 },
    { properties: rejections, upTo: 1, milliseconds: 5 },
    { properties, upTo: 1, milliseconds: 5, withFaults: true },
    { properties: others, upTo: 3, milliseconds: 10 },
    { properties: agreements, upTo: 20, milliseconds: 20 },
    { properties, upTo: 24, milliseconds: 40 },
    { properties, upTo: 50, milliseconds: 80 },
    { properties, upTo: Number.POSITIVE_INFINITY, milliseconds: Number.POSITIVE_INFINITY },
  ]
}

/** Where time is limited, so often every operation is glanced at. */
export const mostGlances = 120

/** From so many milliseconds a case on, answers take long: what is asked first is what takes least. */
export const slowFrom = 25

/**
 * Of every operation a comparison with the reference that is glanced at before anything is judged, where time is
 * limited: on numbers of all kinds, which show more than small whole ones; cheapest first.
 */
export function glancedAt(properties: readonly Property[]): readonly Property[] {
  const chosen = new Map<string, Property>()
  for (const property of properties) {
    const { id } = property.operations[0]!
    const isBetter = property.values === 'reals' && chosen.get(id)?.values !== 'reals'
    if (property.agrees && (isBetter || !chosen.has(id))) chosen.set(id, property)
  }
  return [...chosen.values()].sort((a, b) => expenseOf(a) - expenseOf(b))
}

/** Of every operation, the property that tells most of it for the least, in the order in which they are to be tried. */
function leadingOf(
  properties: readonly Property[],
  inOrder: readonly Property[],
): readonly Property[] {
  const leading = new Map<string, Property>()
  for (const property of properties) {
    for (const { id } of property.operations) {
      const before = leading.get(id)
      if (before === undefined || rankOf(property) < rankOf(before)) leading.set(id, property)
    }
  }
  const chosen = new Set(leading.values())
  return inOrder.filter((property) => chosen.has(property))
}

/**
 * What a case takes, roughly, before anything is known: a few arrays of few axes take little, what goes through many
 * layers or steps has many of both. Half of all operations take a fifth of the time.
 */
function expenseOf({ space, operations }: Property): number {
  const arrays = Object.keys(space.inputs).length + Object.keys(operations[0]?.outputs ?? {}).length
  return arrays * (1 + Object.keys(space.dimensions).length)
}

/** Comparisons with the reference first, and of these the ones to the bit, which are cheapest. */
function rankOf({ agrees, values, check }: Property): number {
  if (agrees) return values === 'integers' ? 0 : 1
  return check.kind === 'comparison' ? 2 : 3
}
