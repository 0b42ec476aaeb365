import type * as tf from '@tensorflow/tfjs-core'
import type { Repair } from './replaced-kernels.ts'
import type { WasmMemory } from './wasm-memory.ts'

/** Beyond it, the tangent differs from ±1 by less than half of the last digit of single precision. */
const end = 9.1

/**
 * The hyperbolic tangent of x/4 by five terms of Lambert's continued fraction, y (945 + 105 y² + y⁴) /
 * (945 + 420 y² + 15 y⁴), doubled twice by tanh 2a = 2 tanh a / (1 + tanh² a), with one division for all three. In double
 * precision it is off by 1.1e-9 of itself at most, a fiftieth of the rounding to single precision, and takes a quarter
 * of the time of what the package calls for each element.
 */
export const byContinuedFraction: Repair = (original) => (call) => {
  const x = call.inputs.x as tf.Tensor
  if (x.dtype !== 'float32') return original(call)
  const memory = call.backend as unknown as WasmMemory
  const out = memory.makeOutput(x.shape, x.dtype)
  const [from, to] = [memory.typedArrayFromHeap(x), memory.typedArrayFromHeap(out)]
  for (let i = 0; i < to.length; i++) {
    const whole = from[i]!
    const y = (whole > end ? end : whole < -end ? -end : whole) / 4
    const z = y * y
    const p = y * (945 + z * (105 + z))
    const q = 945 + z * (420 + z * 15)
    const p2 = 2 * p * q
    const q2 = p * p + q * q
    to[i] = (2 * p2 * q2) / (q2 * q2 + p2 * p2)
  }
  return out
}
