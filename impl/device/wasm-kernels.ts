import * as tf from '@tensorflow/tfjs-core'
import { type Repair, replaceKernel } from './replaced-kernels.ts'
import { ofTheirOwn, splitOneByOne, unpackedOneByOne } from './wasm-parts.ts'
import { byContinuedFraction } from './wasm-tanh.ts'

/** Replaces kernels of the WebAssembly package, version 4.22, that are far slower than they need to be. */
export function repairWasmKernels(): void {
  replaceKernel('BatchMatMul', 'wasm', transposedBefore)
  replaceKernel('Slice', 'wasm', ofTheirOwn)
  replaceKernel('Unpack', 'wasm', unpackedOneByOne)
  replaceKernel('SplitV', 'wasm', splitOneByOne)
  replaceKernel('Tanh', 'wasm', byContinuedFraction)
}

/** Multiply-adds from which a product takes longer than to turn a factor round. */
const worthTurning = 4096

/**
 * A product of two matrices of which one is read transposed: XNNPACK is not asked for it, and the loop in
 * its place takes 25 times as long (64 × 3136 by 3136 × 64). So the factor is transposed before.
 */
const transposedBefore: Repair = (original) => (call) => {
  const { a, b } = call.inputs as { a: tf.Tensor; b: tf.Tensor }
  const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean }
  const [rows, inner] = transposeA ? a.shape.slice(-2).reverse() : a.shape.slice(-2)
  const work = rows! * inner! * b.shape.at(transposeB ? -2 : -1)!
  const single = a.size === rows! * inner! && b.size === (work / rows! || 0)
  if (!(transposeA || transposeB) || !single || work < worthTurning) return original(call)
  return tf.tidy(() => {
    const turned = {
      a: transposeA ? transposed(a) : a,
      b: transposeB ? transposed(b) : b,
    }
    return original({
      ...call,
      inputs: turned,
      attrs: { ...call.attrs, transposeA: false, transposeB: false },
    }) as tf.Tensor
  })
}

function transposed(t: tf.Tensor): tf.Tensor {
  const axes = t.shape.map((_, axis) => axis)
  return tf.transpose(t, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}
