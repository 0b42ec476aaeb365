import type { Arithmetic } from './arithmetic.ts'
import { fromData, type NumberArray } from './array.ts'
import { decimal, digits, type Extended, extended } from './extended.ts'
import { type Rounded, rounded, roundedOnce } from './rounded.ts'

/** Arrays by name: the arguments of a function. */
export type Arrays<T = Extended> = Readonly<Record<string, NumberArray<T>>>

/** A number that depends on arrays, such as a loss, in any arithmetic. */
export type Scalar = <T>(arithmetic: Arithmetic<T>, at: Arrays<T>) => T

/** What a difference quotient says of a derivative. */
export interface Derivative {
  readonly value: Extended
  /** How far the value may be off. At a kink, it reaches to both one-sided slopes. */
  readonly error: Extended
  /**
   * Whether the slopes to both sides are the same; false at a kink, such as a tie of a maximum, and where the
   * function bends within the step.
   */
  readonly smooth: boolean
  /**
   * Whether a maximum, a magnitude or a comparison takes another way on one side than on the other. Kinks may
   * cancel, as those of max(0, x) − max(0, −x) do: then there is a derivative, but no formula that takes the
   * slope of each maximum for itself needs to give it.
   */
  readonly turns: boolean
}

const { add, subtract, multiply, abs, exact } = extended

/**
 * The step of the difference quotients, 10^-21.
 *
 * A central difference (φ(t) − φ(−t)) / 2t is off by t²/6 · |φ‴| because the function is cut off
 * after its third derivative, and by about ε |φ| / t because each value is rounded to ε = 10^-64. The sum
 * is smallest near t = ε^(1/3), where both are about 10^-42: 26 digits better than a double.
 */
const step = decimal(`1e-${Math.floor(digits / 3)}`)

/**
 * The derivative of a function along a direction: Σ ∂f/∂x[i] · v[i] over all elements of all arrays.
 * Arrays that have no direction stay as they are.
 *
 * With twice the step as well, the quotients tell their own error. The cut-off error of the central
 * difference grows fourfold when the step doubles, so it is a third of what the two differ by; where the
 * second derivative jumps, as that of max(0, x)² does at 0, it only doubles, and is all of that. Twice
 * the difference covers both. The one-sided slopes differ by t φ″, which doubles as well, unless there
 * is a kink: then it stays.
 *
 * Where a function bends within a step, as tanh(10^27 x) does, the quotients say nothing: that of twice the
 * step is then smaller by a quarter and more, once the function is flat by half, and no error of theirs can be
 * told from the two. Nothing is asked there, as at a kink.
 *
 * The roundings on the way to the values are seen through the quotient as well. They are carried along in
 * the value at the point itself, so that a loss near 0 that comes from numbers near 1 has the noise of
 * these, and one that comes from small numbers has theirs. A step away it is the same but for 10^-21 of it.
 */
export function directional(f: Scalar, at: Arrays, direction: Arrays): Derivative {
  const ways: string[] = []
  const along = (t: Extended) => {
    const { arithmetic, taken } = noting()
    const value = f(arithmetic, moved(at, direction, t))
    ways.push(taken.join())
    return value
  }
  const twice = step.times(2)
  const { value: here, error: off } = f(rounded, shaken(at, direction, twice))
  const [ahead, behind, farAhead, farBehind] = [step, step.neg(), twice, twice.neg()].map(
    along,
  ) as [Extended, Extended, Extended, Extended]
  const value = subtract(ahead, behind).div(twice)
  const coarse = subtract(farAhead, farBehind).div(twice.times(2))
  // (φ(t) − φ(0)) / t − (φ(0) − φ(−t)) / t, and the same with the step doubled.
  const jump = abs(add(ahead, behind).minus(here.times(2))).div(step)
  const farJump = abs(add(farAhead, farBehind).minus(here.times(2))).div(twice)

  // A jump is made of four values.
  const rounding = decimal(String(off)).times(4).div(step)
  const cutOff = abs(subtract(value, coarse)).times(2)
  const bends = cutOff.gt(rounding) && abs(coarse).times(4).lte(abs(value).times(3))
  const smooth = !bends && (jump.lte(rounding) || farJump.gte(jump.times(1.5)))
  const turns = new Set(ways).size > 1
  return { value, error: add(rounding, smooth ? cutOff : jump), smooth, turns }
}

/** Arithmetic of 64 digits that notes which way it takes where there are several. */
function noting() {
  const taken: number[] = []
  const arithmetic: Arithmetic<Extended> = {
    ...extended,
    abs: (x) => {
      taken.push(x.isNegative() ? 1 : 0)
      return extended.abs(x)
    },
    maximum: (terms) => {
      const largest = extended.maximum(terms)
      taken.push(terms.findIndex((term) => term.eq(largest)))
      return largest
    },
    less: (x, y) => {
      const isLess = extended.less(x, y)
      taken.push(isLess ? 1 : 0)
      return isLess
    },
  }
  return { arithmetic, taken }
}

/** The derivative by every element of one of the arrays. Five evaluations of the function each. */
export function partials(f: Scalar, at: Arrays, name: string): NumberArray<Derivative> {
  const { shape, data } = at[name]!
  const along = (position: number) => {
    const unit = data.map((_, i) => exact(i === position ? 1 : 0))
    return directional(f, at, { [name]: fromData(shape, unit) })
  }
  return fromData(
    shape,
    data.map((_, position) => along(position)),
  )
}

/** Σ g[i] · v[i] over all elements of all arrays of the direction: what a gradient says of it. */
export function slope(gradient: Arrays, direction: Arrays): Extended {
  return extended.total(
    Object.entries(direction).flatMap(([name, { data }]) =>
      data.map((v, i) => multiply(v, gradient[name]!.data[i]!)),
    ),
  )
}

function moved(at: Arrays, direction: Arrays, t: Extended): Arrays {
  const shifted = Object.entries(direction).map(([name, { shape, data }]) => [
    name,
    fromData(
      shape,
      data.map((v, i) => add(at[name]!.data[i]!, multiply(t, v))),
    ),
  ])
  return { ...at, ...Object.fromEntries(shifted) }
}

/** Where it starts, off by what rounds when it is moved: a product and a sum. */
function shaken(at: Arrays, direction: Arrays, t: Extended): Arrays<Rounded> {
  const shaken = Object.entries(at).map(([name, { shape, data }]) => {
    const along = direction[name]?.data
    const size = (x: Extended, i: number) =>
      along === undefined ? exact(0) : add(abs(x), abs(multiply(t, along[i]!)).times(2))
    return [
      name,
      fromData(
        shape,
        data.map((x, i) => roundedOnce(x, size(x, i))),
      ),
    ]
  })
  return Object.fromEntries(shaken)
}
