import * as tf from '@tensorflow/tfjs-core'
import { type Repair, replaceKernel } from './replaced-kernels.ts'

/** Replaces kernels of the WebGL package, version 4.22, that give wrong answers. */
export function repairWebglKernels(): void {
  for (const name of ['BatchMatMul', '_FusedMatMul']) replaceKernel(name, 'webgl', evenInside)
}

/**
 * A product of matrices of which an odd number of elements is summed. Textures hold them in pairs, and what stands
 * beside the last is read as well: 0 as long as nobody computes with it, but -1 after a subtraction of 1. So both
 * get a row or column of zeros of their own.
 */
const evenInside: Repair = (original) => (call) => {
  const { a, b } = call.inputs as { a: tf.Tensor; b: tf.Tensor }
  const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
  const inner = a.shape.at(transposeA ? -2 : -1)!
  if (inner % 2 === 0) return original(call)
  const padded = (x: tf.Tensor, isFirst: boolean) => {
    const axis = x.rank - (isFirst ? 2 : 1)
    return tf.pad(
      x,
      x.shape.map((_, i): [number, number] => [0, i === axis ? 1 : 0]),
    )
  }
  return tf.tidy(() => {
    const inputs = { ...call.inputs, a: padded(a, transposeA), b: padded(b, !transposeB) }
    return original({ ...call, inputs }) as tf.Tensor
  })
}
