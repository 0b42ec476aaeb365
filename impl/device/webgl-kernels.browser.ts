import * as tf from '@tensorflow/tfjs-core'
import { type Repair, replaceKernel } from './replaced-kernels.ts'

/** Replaces kernels of the WebGL package, version 4.22, that give wrong answers. */
export function repairWebglKernels(): void {
  const replace = (name: string, repair: Repair) => replaceKernel(name, 'webgl', repair)
  for (const name of ['BatchMatMul', '_FusedMatMul']) replace(name, evenInside)
  for (const name of ['DepthwiseConv2dNative', 'FusedDepthwiseConv2D']) replace(name, fromZero)
  replace(
    'Max',
    beyond((y) => tf.less(y, -1e19)),
  )
  replace(
    'Min',
    beyond((y) => tf.greater(y, 1e19)),
  )
  replace('Softmax', shiftedBefore)
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

/** The sums of the packed form begin at 1e-15, which is taken off in the end: of terms that cancel, -1e-15 is left. */
const fromZero: Repair = (original) => (call) => {
  const flag = 'WEBGL_PACK_DEPTHWISECONV'
  const packed = tf.env().getBool(flag)
  tf.env().set(flag, false)
  try {
    return original(call)
  } finally {
    tf.env().set(flag, packed)
  }
}

/**
 * The largest or smallest of numbers. The search begins at -1e20 or 1e20, which is what it makes of those beyond:
 * there it is made once more, of numbers that are scaled down by 2^64, which brings every finite one within.
 */
const beyond =
  (isBeyond: (found: tf.Tensor) => tf.Tensor): Repair =>
  (original) =>
  (call) => {
    const { x } = call.inputs as { x: tf.Tensor }
    if (x.dtype !== 'float32') return original(call)
    const found = (x: tf.Tensor) =>
      tf.engine().makeTensorFromTensorInfo(original({ ...call, inputs: { x } }) as tf.TensorInfo)
    return tf.tidy(() => {
      const direct = found(x)
      const scaled = tf.mul(found(tf.mul(x, 2 ** -64)), 2 ** 64)
      return tf.where(isBeyond(direct), scaled, direct)
    })
  }

/** Its own largest score is sought as above, without that being put right: here the largest is 0 before. */
const shiftedBefore: Repair = (original) => (call) => {
  const { logits } = call.inputs as { logits: tf.Tensor }
  const { dim } = call.attrs as { dim: number }
  return tf.tidy(() => {
    const shifted = tf.sub(logits, tf.max(logits, dim, true))
    return original({ ...call, inputs: { logits: shifted } }) as tf.Tensor
  })
}
