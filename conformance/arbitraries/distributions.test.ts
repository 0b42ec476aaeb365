import { describe, expect, test } from 'vitest'
import { mean, numbersDrawn } from '../fixtures/numbers-drawn.ts'
import { distributionNames, distributions, wholeNearOne } from './distributions.ts'

/** What the mean of independent numbers of a variance exceeds once in two million times. */
const fiveDeviations = (variance: number, { length }: readonly number[]) =>
  5 * Math.sqrt(variance / length)

describe('the distribution', () => {
  const every = (distribution: string, holds: (x: number) => boolean) => {
    for (let seed = 0; seed < 20; seed++)
      expect(numbersDrawn(distribution, seed).filter((x) => !holds(x))).toEqual([])
  }

  test('small integers has the whole numbers from -4 to 4, all of them', () => {
    expect([...new Set(numbersDrawn('small integers'))].sort((a, b) => a - b)).toEqual([
      -4, -3, -2, -1, 0, 1, 2, 3, 4,
    ])
  })

  test('zeros has only zeros', () => every('zeros', (x) => Object.is(x, 0)))

  test('one-hot has one 1 and zeros, at any place', () => {
    const places = new Set<number>()
    for (let seed = 0; seed < 100; seed++) {
      const numbers = numbersDrawn('one-hot', seed, 5)
      expect(numbers.toSorted()).toEqual([0, 0, 0, 0, 1])
      places.add(numbers.indexOf(1))
    }
    expect(places.size).toBe(5)
  })

  test.each(['constant', 'whole constant'])('%s has one number, not zero', (distribution) => {
    for (let seed = 0; seed < 20; seed++) {
      const numbers = numbersDrawn(distribution, seed)
      expect(new Set(numbers).size).toBe(1)
      expect(numbers[0]).not.toBe(0)
      if (distribution === 'whole constant') expect(Number.isInteger(numbers[0])).toBe(true)
    }
  })

  test.each(['ties', 'whole ties'])('%s has few numbers', (distribution) => {
    const counts = new Set<number>()
    for (let seed = 0; seed < 50; seed++) counts.add(new Set(numbersDrawn(distribution, seed)).size)
    expect(Math.max(...counts)).toBe(3)
    if (distribution === 'whole ties') every(distribution, Number.isInteger)
  })

  test('uniform fills -1 to 1', () => {
    every('uniform', (x) => x >= -1 && x <= 1)
    const numbers = numbersDrawn('uniform')
    expect(Math.abs(mean(numbers))).toBeLessThan(0.06)
    expect(Math.min(...numbers)).toBeLessThan(-0.98)
    expect(Math.max(...numbers)).toBeGreaterThan(0.98)
  })

  test('normal has mean 0 and variance 1', () => {
    const numbers = [1, 2, 3, 4, 5].flatMap((seed) => numbersDrawn('normal', seed))
    const squares = numbers.map((x) => x * x)
    // Four uniform numbers added have the fourth moment 3 − 6/5 · 1/4, and below s ≤ 1 lies s⁴ / 24 of them.
    expect(Math.abs(mean(numbers))).toBeLessThan(fiveDeviations(1, numbers))
    expect(Math.abs(mean(squares) - 1)).toBeLessThan(fiveDeviations(2.7 - 1, numbers))
    const beyond = (2 * (2 - 2 / Math.sqrt(3)) ** 4) / 24
    const share = mean(numbers.map((x) => Number(Math.abs(x) > 2)))
    expect(Math.abs(share - beyond)).toBeLessThan(fiveDeviations(beyond * (1 - beyond), numbers))
  })

  test('positive and negative have one sign', () => {
    every('positive', (x) => x > 0 && x <= 1)
    every('negative', (x) => x < 0 && x >= -1)
    const positive = numbersDrawn('positive')
    expect(Math.abs(mean(positive) - 0.5)).toBeLessThan(fiveDeviations(1 / 12, positive))
    const lowest = { unit: () => 0, below: () => 0 }
    const element = new Float64Array(1)
    distributions.positive(lowest, element)
    expect(element[0]).toBe(2 ** -24)
    distributions.negative(lowest, element)
    expect(element[0]).toBe(-(2 ** -24))
  })

  test('wide range spans 2^-20 to 2^20, with both signs', () => {
    every('wide range', (x) => Math.abs(x) >= 2 ** -20 && Math.abs(x) <= 2 ** 20)
    const exponents = new Set(
      numbersDrawn('wide range').map((x) => Math.floor(Math.log2(Math.abs(x)))),
    )
    expect(exponents.size).toBeGreaterThanOrEqual(40)
    const negative = numbersDrawn('wide range').filter((x) => x < 0).length
    expect(Math.abs(negative - 500)).toBeLessThan(60)
  })

  test('cancelling pairs cancel, exactly or nearly', () => {
    const numbers = numbersDrawn('cancelling pairs')
    let exactly = 0
    for (let i = 0; i < numbers.length; i += 2) {
      expect(numbers[i]).not.toBe(0)
      const rest = Math.abs(numbers[i] + numbers[i + 1]) / Math.abs(numbers[i])
      expect(rest).toBeLessThan(2 ** -11)
      if (rest === 0) exactly++
    }
    expect(Math.abs(exactly - 250)).toBeLessThan(50)
  })

  test('signed zeros has zeros of either sign', () => {
    const numbers = numbersDrawn('signed zeros')
    for (const value of [0, -0, 1, -1]) {
      expect(numbers.filter((x) => Object.is(x, value)).length).toBeGreaterThan(80)
    }
    every('signed zeros', (x) => [0, 1, -1].includes(x))
  })

  test('subnormals has numbers that float32 holds with less precision', () => {
    every('subnormals', (x) => x !== 0 && Math.abs(x) < 2 ** -126)
  })
})

describe('the choice of distributions', () => {
  test('covers the whole table, with integers where integers are asked for', () => {
    const drawn = new Set([...distributionNames('reals'), wholeNearOne])
    expect(drawn).toEqual(new Set(Object.keys(distributions)))
    for (const distribution of distributionNames('integers')) {
      for (const x of numbersDrawn(distribution))
        expect(Number.isInteger(x) && Math.abs(x) <= 4).toBe(true)
    }
  })

  test('begins with the simplest, and takes subnormals rarely', () => {
    const names = distributionNames('reals')
    expect([...new Set(names)].slice(0, 3)).toEqual(['small integers', 'one-hot', 'zeros'])
    const rare = names.filter((name) => name === 'subnormals').length / names.length
    expect(rare).toBeGreaterThan(0)
    expect(rare).toBeLessThan(0.05)
  })
})
