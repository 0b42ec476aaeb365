import { expect, it } from 'vitest'
import { ieee } from '../../reference/arithmetic/profile.ts'
import type { References } from '../../reference/reference.ts'
import { array, free, operation } from '../../spec/language/operation.ts'
import { agreement } from '../kit/agreement.ts'
import { row } from '../kit/arrays.ts'
import { checkProperty } from './check.ts'
import { floorOf, floorOfCase, HalfOfCases, highestFloor, noFloors } from './floor.ts'
import { judge } from './judge.ts'
import type { Reading } from './reading.ts'
import { timeOver, verdictOfEnd } from './stopping.ts'

const read = ([value, error]: readonly [number, number]): Reading => ({ value, error })
const exactly = (value: number) => [value, 0] as const

/** What is noted of a comparison of numbers with bounds and of what came. */
function noted(expected: readonly (readonly [number, number])[], actual: readonly number[]) {
  const floors = noFloors()
  const comparison = {
    label: 'y',
    expected: row(...expected),
    actual: row(...actual.map(exactly)),
  }
  return { judgement: judge(comparison, read, floors), floors }
}

it('an element shows an error above its floor in either direction, and not below it in one', () => {
  const [y, bound, given] = [2, 0.25, 2.125]
  const { floors } = noted([[y, bound]], [given])
  expect(floors.some).toEqual([(0.25 + 0.125) / 2])
  const agrees = (error: number) => noted([[y, bound]], [given + error * y]).judgement.agrees
  const [floor] = floors.some as [number]
  expect([agrees(1.01 * floor), agrees(-1.01 * floor)]).toEqual([false, false])
  expect([agrees(0.99 * floor), agrees(-0.99 * floor)]).toContain(true)
})

it('of a case the best element counts for all of them, and the middle one for one of them', () => {
  expect(floorOfCase({ ...noFloors(), some: [3, 1, 2, 5] })).toEqual({ all: 1, one: 2 })
})

it('zeros have no relative error; where nothing else is, they tell if they are exact', () => {
  expect(
    floorOfCase(
      noted(
        [
          [0, 0],
          [4, 1],
        ],
        [0, 4],
      ).floors,
    ),
  ).toEqual({ all: 0.25, one: 0.25 })
  expect(floorOfCase(noted([[0, 0]], [0]).floors)).toEqual({ all: 0, one: 0 })
  const nothing = { all: Number.POSITIVE_INFINITY, one: Number.POSITIVE_INFINITY }
  expect(floorOfCase(noted([[0, 1]], [0]).floors)).toEqual(nothing)
  expect(floorOfCase(noted([], []).floors)).toEqual(nothing)
})

it('numbers that are equal to the bit would have shown any error', () => {
  const floors = noFloors()
  judge(
    { label: 'y', expected: row(0, 7), actual: row(0, 7) },
    (value) => ({ value, error: 0 }),
    floors,
  )
  expect(floorOfCase(floors)).toEqual({ all: 0, one: 0 })
})

it('of a property the middle case counts, rounded up by less than a fifth', () => {
  const half = new HalfOfCases()
  expect(half.floor).toBeNull()
  const never = Number.POSITIVE_INFINITY
  const four = (of: number[]) => [...of, ...of, ...of, ...of]
  for (const all of four([0, 0.3, 0.01, 5, never, 0.3, 0.02, never, 0]))
    half.add({ all, one: 2 * all })
  const { all, one } = half.floor!
  expect(all).toBeGreaterThanOrEqual(0.3)
  expect(all).toBeLessThan(0.3 * 1.2)
  expect(one).toBeGreaterThanOrEqual(0.6)
  expect(one).toBeLessThan(0.6 * 1.2)
  for (let i = 0; i < 40; i++) half.add({ all: never, one: 0 })
  expect(half.floor).toEqual({ all: never, one: 0 })
})

it('of a few cases the best counts', () => {
  const half = new HalfOfCases()
  half.add({ all: Number.POSITIVE_INFINITY, one: Number.POSITIVE_INFINITY })
  half.add({ all: 0, one: 0.5 })
  expect(half.floor).toEqual({ all: 0, one: 0.5 })
})

it('half formats may be as much coarser as their products are', () => {
  expect(highestFloor('float64')).toBe(1e-3)
  expect(highestFloor('float32')).toBe(1e-3)
  expect(highestFloor('float32', ['sigmoid by tanh'])).toBe(1e-3)
  expect(highestFloor('float32', ['convolution by transforms'])).toBe(1e-3 * 19.52 ** 2)
  for (const coarse of ['float16', 'bfloat16', 'tf32'] as const)
    expect(highestFloor(coarse)).toBe(1)
})

/** x + c − c, whose bound is that of a sum with terms of the size of c. */
const shifted = operation({
  id: 'toy.shifted',
  title: 'nothing',
  level: 'core',
  dimensions: { N: free(3, 3, 'numbers') },
  inputs: { x: array('numbers', 'N') },
  parameters: {},
  outputs: { y: array('the same', 'N') },
  classes: {},
})

/** What is made of an implementation that is right, of the operation with a constant. */
async function verdictWith(c: number) {
  const references = {
    'toy.shifted': (arithmetic, { x }) => {
      const [up, down] = [arithmetic.exact(c), arithmetic.exact(-c)]
      return { y: row(...x!.data.map((element) => arithmetic.total([element, up, down]))) }
    },
  } satisfies References as References
  const implementation = {
    name: 'right',
    version: '1',
    precision: 'float32' as const,
    profile: ieee,
    device: 'here',
    operations: { 'toy.shifted': ({ x }: Record<string, never>) => ({ y: x }) },
  }
  const property = agreement(shifted, 'reals', { kills: [] })('toy.shifted')
  return checkProperty(property, implementation as never, references, {
    runs: 60,
    seed: 1,
    deadline: null,
    kept: [],
    shrink: false,
  })
}

it('the bounds of both sides hide an error', () => {
  expect(floorOf(read([2, 0.25]), read([2, 0.75]))).toBe(0.5)
})

it('of floors that a property states itself the lowest counts, whatever else was compared', () => {
  const own = [
    { all: 0.25, one: 0.5 },
    { all: 0.125, one: 1 },
  ]
  expect(floorOfCase({ some: [2 ** -20], exact: true, own })).toEqual({ all: 0.125, one: 0.5 })
})

it('of few cases as many count as there are at least where half of all tell, and half of thirty', () => {
  const floorAfter = (cases: number) => {
    const half = new HalfOfCases()
    for (let i = 0; i < cases; i++) half.add({ all: 2 ** -i, one: 2 ** -i })
    return cases + Math.log2(half.floor!.all)
  }
  const counted = [1, 7, 10, 12, 13, 20, 29, 30, 31, 100].map((cases) => [cases, floorAfter(cases)])
  expect(counted).toEqual([
    [1, 1],
    [7, 1],
    [10, 1],
    [12, 1],
    // 13/2 − 1.5 √13 = 1.09
    [13, 2],
    // 10 − 1.5 √20 = 3.29
    [20, 4],
    // 29/2 − 1.5 √29 = 6.42
    [29, 7],
    [30, 15],
    [31, 16],
    [100, 50],
  ])
})

it('floors of cases that say nothing are infinite, and so is that of half of them', () => {
  const half = new HalfOfCases()
  half.add(floorOfCase(noFloors()))
  expect(half.floor).toEqual({ all: Number.POSITIVE_INFINITY, one: Number.POSITIVE_INFINITY })
})

it('a quarter of a power of two is the same number whoever computes it', () => {
  const half = new HalfOfCases()
  half.add({ all: 1.6, one: 2.5 })
  // 2^¾ and 2^(1 + ½), to the last bit.
  expect(half.floor).toEqual({ all: 1.6817928305074292, one: 2 * Math.SQRT2 })
})

it('a property whose bounds are too wide to show an error of a thousandth is inconclusive', async () => {
  const { verdict, floor } = await verdictWith(2 ** 14 + 0.5)
  expect(floor!.one).toBeGreaterThan(highestFloor('float32'))
  expect(verdict).toMatchObject({ outcome: 'inconclusive', cases: 60 })
  expect('reason' in verdict && verdict.reason).toContain('would go unnoticed')
  expect((await verdictWith(1.5)).verdict.outcome).toBe('conforms')
})

it('where the time is over, a few cases that tell too little leave it open', () => {
  const floors = new HalfOfCases()
  floors.add({ all: 1, one: 1 })
  const counts = { cases: 1, discarded: 0, open: 0, worstUtilization: 0 }
  const tally = { ...counts, floors, declines: { count: 0, declined: null } } as never
  const verdict = (left: number) => {
    const shortage = { left, reason: timeOver, isBegun: false, mayConform: true }
    return verdictOfEnd(tally, shortage, { precision: 'float32', profile: ieee }, {})
  }
  expect(verdict(0)).toMatchObject({ outcome: 'inconclusive' })
  expect(verdict(9)).toEqual({
    outcome: 'interrupted',
    cases: 1,
    reason: `${timeOver} before cases enough told anything`,
  })
})
