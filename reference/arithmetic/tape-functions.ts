import type { LocalErrors } from './local-error.ts'
import {
  ofExponential,
  ofLogarithm,
  ofPower,
  ofProduct,
  ofQuotient,
  ofRoot,
  ofTanh,
} from './remainder.ts'
import type { Propagation } from './tape-propagation.ts'
import { opposite, type Taped } from './tape-value.ts'

/** Products, quotients and elementary functions of numbers on a tape. */
export function functions({ off, leaf, derived, scaled }: Propagation, errors: LocalErrors) {
  const isZero = (x: Taped) => x.value === 0 && x.terms === 0
  const isUnit = (x: Taped) => Math.abs(x.value) === 1 && x.terms === 1 && off(x) === 0

  const multiply = (x: Taped, y: Taped): Taped => {
    const value = x.value * y.value
    const [ex, ey] = [off(x), off(y)]
    // Whatever may be infinite gives NaN even with a factor of 0.
    if (!Number.isFinite(ex + ey)) return leaf(value, Number.POSITIVE_INFINITY)
    if (isZero(x) || isZero(y)) return leaf(value, 0)
    if (errors.keepsFactors && isUnit(x)) return x.value > 0 ? y : opposite(y)
    if (errors.keepsFactors && isUnit(y)) return y.value > 0 ? x : opposite(x)
    if (ex === 0 && ey === 0) {
      const whole = x.whole && y.whole && errors.keepsWhole(x.value, y.value)
      return leaf(value, whole ? 0 : errors.product(Math.abs(value)))
    }
    if (ey === 0 && x.node >= 0 && x.terms === 1) return scaled(x, y.value)
    if (ex === 0 && y.node >= 0 && y.terms === 1) return scaled(y, x.value)
    return derived(
      value,
      [x, y],
      (ex, ey) => ofProduct(x.value, y.value, ex, ey),
      (change) => errors.product(Math.abs(value) + change),
    )
  }

  const divide = (x: Taped, y: Taped): Taped => {
    const value = x.value / y.value
    if (isZero(x) && Math.abs(y.value) - off(y) > 0) return leaf(0, 0)
    return derived(
      value,
      [x, y],
      (ex, ey) => ofQuotient(x.value, y.value, ex, ey),
      (change, _, ey) => errors.quotient(Math.abs(value) + change, Math.abs(y.value) + ey),
    )
  }

  const exp = (x: Taped): Taped => {
    const value = Math.exp(x.value)
    return derived(
      value,
      [x],
      (e) => ofExponential(x.value, e),
      (change, e) => errors.exponential(Math.abs(x.value) + e, value + change),
    )
  }

  const log = (x: Taped): Taped => {
    const value = Math.log(x.value)
    return derived(
      value,
      [x],
      (e) => ofLogarithm(x.value, e),
      (change, e) => errors.logarithm(x.value, e, Math.abs(value) + change),
    )
  }

  const sqrt = (x: Taped): Taped => {
    const value = Math.sqrt(x.value)
    return derived(
      value,
      [x],
      (e) => ofRoot(x.value, e),
      (change) => errors.root(value + change),
    )
  }

  const tanh = (x: Taped): Taped => {
    const value = Math.tanh(x.value)
    return derived(
      value,
      [x],
      (e) => ofTanh(x.value, e),
      (change, e) => errors.tanh(Math.abs(x.value) + e, Math.abs(value) + change),
    )
  }

  const power = (x: Taped, y: Taped): Taped => {
    const value = x.value ** y.value
    if (x.value === 0 && off(x) === 0 && y.value - off(y) > 0) return leaf(0, 0)
    return derived(
      value,
      [x, y],
      (ex, ey) => ofPower(x.value, y.value, ex, ey),
      (change, ex, ey) => errors.power(x.value, ex, Math.abs(y.value) + ey, value + change),
    )
  }

  return { multiply, divide, exp, log, sqrt, tanh, power }
}
