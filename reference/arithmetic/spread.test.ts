import { describe, expect, it } from 'vitest'
import { ieee, profiles } from './profile.ts'
import { NotASum, spread } from './spread.ts'

const float32 = spread('float32', ieee)
const double = spread('float64', ieee)
const u = 2 ** -24

describe('the unit of an error', () => {
  it('is worked by hand for a sum of three products', () => {
    const { accumulator, deviation, exact, multiply } = float32
    const sum = accumulator!()
    for (const [x, y] of [
      [3, 2],
      [-5, 3],
      [2, 4],
    ] as const) {
      sum.add(multiply(exact(x), exact(y)))
    }
    // A product of 15, and 6 and 8, which are exact; partial sums of at most 15 + 8 and 29; 29 once more.
    const carried = 1 + (3 * u) / (1 - 3 * u)
    const squares = 15 ** 2 + carried ** 2 * (23 ** 2 + 29 ** 2 + 29 ** 2)
    const { terms, unit, common } = deviation(sum.total())
    expect({ terms, common }).toEqual({ terms: 3, common: 0 })
    expect(Math.abs(unit / (u * Math.sqrt(squares)) - 1)).toBeLessThan(2 ** -50)
  })

  it.each([
    ['single', float32],
    ['double', double],
  ])('is the same in %s precision where products are not made', (_, arithmetic) => {
    const { accumulator, deviation, exact, multiply } = arithmetic
    const [made, added] = [accumulator!(), accumulator!()]
    const factors = [3, -5, 0, 1, -1, 0.1, 2 ** -20 + 1, 1.5].map(exact)
    for (const x of factors) {
      for (const y of factors) {
        made.add(multiply(x, y))
        added.addProduct!(x, y)
      }
    }
    expect(added.total()).toEqual(made.total())
    expect(deviation(added.total())).toEqual(deviation(made.total()))
  })

  it('leaves out zeros, and factors of ±1 cost nothing', () => {
    const { deviation, exact, multiply, total } = float32
    const terms = [multiply(exact(0), exact(7)), multiply(exact(-1), exact(9))]
    expect(deviation(total(terms))).toEqual({ terms: 1, unit: 0, common: 0 })
  })

  it('shrinks with a division, which costs nothing by a power of two', () => {
    const { deviation, divide, exact, total } = float32
    const sum = total([exact(3), exact(5), exact(8)])
    const whole = deviation(sum)
    expect(deviation(divide(sum, exact(4)))).toEqual({ ...whole, unit: whole.unit / 4 })
    const third = deviation(divide(sum, exact(3)))
    expect(Math.abs(third.unit / (whole.unit / 3) - 1)).toBeLessThan(2 ** -50)
    expect(third.common).toBe(1.5 * 2 * u * (16 / 3))
  })

  it('charges what the format does not hold for all answers alike', () => {
    const { deviation, exact, multiply } = float32
    expect(deviation(exact(0.1)).common).toBe(u * 0.1)
    expect(deviation(multiply(exact(0.1), exact(3))).common).toBe(3 * u * 0.1)
  })
})

describe('the value', () => {
  it('has what a double loses of a sum', () => {
    const { value, rest } = double.total([1e16, 1, -1e16, 2 ** -60].map(double.exact))
    expect(value + rest).toBe(1 + 2 ** -60)
    expect([value, rest]).toEqual([1, 2 ** -60])
  })

  it('has what a double loses of a product and of a quotient', () => {
    const [x, y] = [1 + 2 ** -30, 1 - 2 ** -30].map(double.exact) as [never, never]
    const product = double.multiply(x, y)
    expect([product.value, product.rest]).toEqual([1, -(2 ** -60)])
    const third = double.divide(double.exact(1), double.exact(3))
    // 1 / 3 = 0.0101…, cut after 53 digits, is short of a third of its last place.
    expect([third.value, third.rest]).toEqual([1 / 3, 2 ** -54 / 3])
  })
})

describe('a layer that gives on what it gets', () => {
  const { add, accumulator, deviation, exact, maximum, multiply, total } = float32
  const sum = () => {
    const open = accumulator!()
    for (let i = 1; i < 9; i++) open.add(multiply(exact(i / 3), exact(0.7)))
    return open.total()
  }

  it('leaves a sum as it is', () => {
    const [one, zero] = [exact(1), exact(0)]
    const whole = deviation(sum())
    const through = total([multiply(zero, sum()), multiply(one, sum()), zero])
    expect(deviation(through)).toEqual(whole)
    expect(deviation(maximum([zero, through]))).toEqual(whole)
    const more = add(sum(), exact(2))
    expect(deviation(more).terms).toBe(9)
  })

  it('gives 0 where a rectifier cuts it, and nothing where that is open', () => {
    const zero = exact(0)
    const negative = float32.negate(sum())
    expect(maximum([zero, negative])).toBe(zero)
    const close = add(sum(), exact(-sum().value))
    expect(deviation(maximum([zero, close])).terms).toBe(0)
    expect(() => float32.less(zero, close)).toThrow(NotASum)
    expect([float32.less(zero, sum()), float32.less(sum(), zero)]).toEqual([true, false])
  })

  it('keeps what is known as known', () => {
    const known = total([multiply(exact(1), exact(0.3)), exact(0)])
    expect([known.known, multiply(known, exact(4)).known]).toEqual([true, true])
    expect(float32.divide(known, exact(8)).known).toBe(true)
    expect(multiply(known, exact(0.7)).known).toBe(false)
  })
})

it('of whatever is no sum of products of known numbers nothing is told', () => {
  const { add, deviation, divide, exact, exp, multiply, normwise, total } = float32
  const computed = add(exact(1.1), exact(2.3))
  for (const x of [
    multiply(computed, exact(3)),
    multiply(computed, computed),
    divide(exact(1), computed),
    exp(exact(1)),
    normwise!(3, 10, 1),
    total([exact(1), exp(exact(1))]),
  ]) {
    expect(deviation(x).terms).toBe(0)
  }
  // In doubles: 1.1, 2.3 and 10.2 are rounded, and so are the sum and the product.
  expect(Math.abs(multiply(computed, exact(3)).value - 10.2)).toBeLessThan(10.2 * 5 * 2 ** -53)
  expect(() => spread('float32', profiles.truncating)).toThrow('does not round to nearest')
})
