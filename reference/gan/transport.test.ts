import { describe, expect, test } from 'vitest'
import { type Model, solve } from 'yalps'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { lineDistance } from './wgan-critic-loss.ts'

/** Points, and masses that are whole numbers. */
interface Masses {
  readonly points: readonly (readonly number[])[]
  readonly masses: readonly number[]
}

/** Along the axes, so that distances of whole numbers are whole. */
const apart = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, value, i) => sum + Math.abs(value - y[i]!), 0)

/** The least cost of moving all mass, by the simplex method: one variable a pair of points. */
function leastCost(p: Masses, q: Masses): number {
  const variables: Record<string, Record<string, number>> = {}
  for (const [i, x] of p.points.entries()) {
    for (const [j, y] of q.points.entries()) {
      variables[`${i} to ${j}`] = { cost: apart(x, y), [`from ${i}`]: 1, [`to ${j}`]: 1 }
    }
  }
  const constraints = Object.fromEntries([
    ...p.masses.map((mass, i) => [`from ${i}`, { equal: mass }]),
    ...q.masses.map((mass, j) => [`to ${j}`, { equal: mass }]),
  ])
  return optimum({ direction: 'minimize', objective: 'cost', constraints, variables })
}

/** The largest difference that a function with slopes of at most 1 makes, which may be taken to be at least 0. */
function largestGain(p: Masses, q: Masses): number {
  const points = [...p.points, ...q.points]
  const gains = [...p.masses, ...q.masses.map((mass) => -mass)]
  const constraints: Record<string, { max: number }> = {}
  const variables = gains.map((gain): Record<string, number> => ({ gain }))
  for (const [i, x] of points.entries()) {
    for (const [j, y] of points.entries()) {
      if (i === j) continue
      constraints[`${i} over ${j}`] = { max: apart(x, y) }
      variables[i]![`${i} over ${j}`] = 1
      variables[j]![`${i} over ${j}`] = -1
    }
  }
  const named = Object.fromEntries(variables.map((variable, i) => [`f ${i}`, variable]))
  return optimum({ direction: 'maximize', objective: 'gain', constraints, variables: named })
}

function optimum(model: Model<string, string>): number {
  const { status, result } = solve(model)
  expect(status).toBe('optimal')
  // The solver may give −0.
  return result + 0
}

/** Whole numbers below a limit, the same ones in every run. */
function drawer(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * limit)
  }
}

describe('the Wasserstein distance as a linear program:', () => {
  const draw = drawer(7)
  const onLine = (count: number, total: number): Masses => {
    const points = Array.from({ length: count }, () => [draw(9) - 4])
    const masses = Array.from({ length: count }, () => 0)
    for (let unit = 0; unit < total; unit++) masses[draw(count)]! += 1
    return { points, masses }
  }
  const cases = Array.from({ length: 30 }, () => {
    const total = 1 + draw(12)
    return [onLine(1 + draw(5), total), onLine(1 + draw(5), total), total] as const
  })

  test.each(cases)(
    'on a line it is the closed form, and its dual the same (%j, %j)',
    (p, q, total) => {
      const array = (values: readonly number[]) => fromData([values.length], values)
      const { distance } = lineDistance(
        number,
        {
          places: array(p.points.flat()),
          data: array(p.masses),
          generatedPlaces: array(q.points.flat()),
          generated: array(q.masses),
        },
        {},
      )
      // All numbers are whole and no pivot divides by another number than 1, so that both are exact.
      const least = leastCost(p, q)
      expect(Number.isInteger(least)).toBe(true)
      expect(largestGain(p, q)).toBe(least)
      expect(distance.at()).toEqual(nearly(least / total))
    },
  )

  test('in the plane, of as many samples each, it is the best pairing', () => {
    const samples = () => ({
      points: Array.from({ length: 3 }, () => [draw(9), draw(9)]),
      masses: [1, 1, 1],
    })
    const orders = [0, 1, 2].flatMap((i) =>
      [0, 1, 2].filter((j) => j !== i).map((j) => [i, j, 3 - i - j] as const),
    )
    for (let times = 0; times < 20; times++) {
      const [p, q] = [samples(), samples()]
      const pairings = orders.map((order) =>
        order.reduce<number>((sum, j, i) => sum + apart(p.points[i]!, q.points[j]!), 0),
      )
      const best = Math.min(...pairings)
      expect([leastCost(p, q), largestGain(p, q)]).toEqual([best, best])
    }
  })
})
