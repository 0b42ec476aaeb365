import { describe, expect, test } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { extended } from './extended.ts'
import {
  changeOfExponential,
  changeOfLogarithm,
  changeOfPower,
  changeOfProduct,
  changeOfQuotient,
  changeOfRoot,
  changeOfTanh,
} from './largest-change.ts'

const { add, divide, exact, exp, log, multiply, power, sqrt, subtract, tanh, toNumber } = extended
type Extended = ReturnType<typeof exact>

/** The operands, or some of them, moved to an end of what they may be. */
const ends = (x: number, e: number): readonly Extended[] =>
  e === 0 ? [exact(x)] : [subtract(exact(x), exact(e)), add(exact(x), exact(e))]

/** The largest change to any pair of ends, to 64 digits. */
function reached(
  of: (x: Extended, y: Extended) => Extended,
  [x, y, ex, ey]: readonly [number, number, number, number],
): number {
  const value = of(exact(x), exact(y))
  const changes = ends(x, ex).flatMap((a) =>
    ends(y, ey).map((b) => toNumber(subtract(of(a, b), value).abs())),
  )
  return Math.max(...changes)
}

const ignoring =
  <T>(of: (x: Extended) => T) =>
  (x: Extended, _: Extended) =>
    of(x)

describe('the largest change of a function is what the ends of its operands reach', () => {
  test.each([
    ['a product', multiply, changeOfProduct],
    ['a quotient', divide, changeOfQuotient],
    [
      'an exponential',
      ignoring(exp),
      (x: number, _: number, e: number) => changeOfExponential(x, e),
    ],
    ['a logarithm', ignoring(log), (x: number, _: number, e: number) => changeOfLogarithm(x, e)],
    ['a root', ignoring(sqrt), (x: number, _: number, e: number) => changeOfRoot(x, e)],
    ['tanh', ignoring(tanh), (x: number, _: number, e: number) => changeOfTanh(x, e)],
    ['a power', power, changeOfPower],
  ] as const)('%s', (name, of, change) => {
    const random = stream(3, name)
    let tightest = 0
    for (let trial = 0; trial < 200; trial++) {
      const [x, y] = [0.25 + 8 * random.unit(), 0.25 + 3 * random.unit()]
      const share = () => (random.below(4) === 0 ? 0 : 2 ** -(1 + 30 * random.unit()))
      const operands = [x, y, x * share(), y * share()] as const
      const largest = change(...operands)
      const least = reached(of, operands)
      // The closed forms are a few roundings of doubles, and one of tanh near 1 beside it.
      expect(largest * (1 + 2 ** -48) + 2 ** -52).toBeGreaterThanOrEqual(least)
      if (least > 2 ** -30) tightest = Math.max(tightest, least / largest)
    }
    expect(tightest).toBeGreaterThan(0.999)
  })
})

describe('where little is known of an operand', () => {
  test('a divisor that may be 0, and what may leave its domain, may change by anything', () => {
    const changes = [
      changeOfQuotient(1, 0.5, 0, 0.5),
      changeOfLogarithm(1, 1),
      changeOfRoot(1, 1.5),
      changeOfPower(1, 2, 1, 0),
    ]
    expect(changes).toEqual(changes.map(() => Number.POSITIVE_INFINITY))
    expect(changeOfRoot(1, 1)).toBe(1)
  })

  test('an exponential reaches as high as its argument may, though it is 0 itself', () => {
    expect(Math.exp(-800)).toBe(0)
    expect(changeOfExponential(-800, 810)).toBeGreaterThanOrEqual(Math.exp(10))
    expect(changeOfPower(2, -1100, 0, 1104)).toBeGreaterThanOrEqual(16)
  })

  test('tanh stays in its range, unless its argument may be infinite', () => {
    expect(changeOfTanh(0.5, 1e9)).toBe(1 + Math.tanh(0.5))
    expect(changeOfTanh(-20, 1e9)).toBe(2)
    expect(changeOfTanh(0.5, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  })
})
