import type * as tf from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'
import type { Repair } from './replaced-kernels.ts'

/**
 * Products of two matrices, for which the packages call what TensorFlow has for many at once. On a processor that
 * takes two and a half times as long as its product of two, where one has 32 × 256 and the other 256 × 256 elements.
 */
export const matrixProduct: Repair = (original) => (call) => {
  const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo>
  if (a.shape.length !== 2 || b.shape.length !== 2) return original(call)
  const { transposeA, transposeB } = call.attrs as Record<'transposeA' | 'transposeB', boolean>
  const node = call.backend as unknown as NodeBackend
  const turned = (name: string, value: boolean) => ({
    name,
    type: node.binding.TF_ATTR_BOOL,
    value,
  })
  return node.executeSingleOutput(
    'MatMul',
    [
      { name: 'T', type: node.binding.TF_ATTR_TYPE, value: node.getDTypeInteger(a.dtype) },
      turned('transpose_a', transposeA),
      turned('transpose_b', transposeB),
    ],
    [a, b],
  )
}
