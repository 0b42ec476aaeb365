import type { tconvPlacement as spec } from '../../spec/gan/tconv-conventions.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

type Given = ParametersOf<typeof spec>

/**
 * Where the call of a library places the result of a transposed convolution.
 *
 * Clauses    gan.tconv.conventions
 * By         the rows of the result and the first of them, of all that the kernel reaches
 */
export const tconvPlacement: Fast<typeof spec> = (_, given) => {
  const reach = (given.kernel - 1) * given.dilation + 1
  const full = reach + (given.size - 1) * given.stride
  const { size, first } = find(given, reach, full)
  return { size: count(size), before: count(first), after: count(full - first - size) }
}

function find({ size, stride, call }: Given, reach: number, full: number) {
  if ('pytorch' in call) {
    const { padding, outputPadding } = call.pytorch
    return { size: full + outputPadding - padding - padding, first: padding }
  }
  if ('onnx' in call) {
    const { onnx } = call
    const extended = full + onnx.outputPadding
    if ('pads' in onnx) {
      const [first, end] = onnx.pads
      return { size: extended - first - end, first }
    }
    if (onnx.autoPad === 'VALID') return { size: extended, first: 0 }
    const wanted = 'outputShape' in onnx ? onnx.outputShape : size * stride
    const surplus = extended - wanted
    const smaller = surplus >> 1
    return { size: wanted, first: onnx.autoPad === 'SAME_UPPER' ? smaller : surplus - smaller }
  }
  const { keras } = call
  const more = 'outputPadding' in keras ? keras.outputPadding : null
  if (keras.padding === 'valid') {
    return { size: full + (more ?? Math.max(0, stride - reach)), first: 0 }
  }
  const wanted = more === null ? size * stride : full - reach + (reach & 1) + more
  return { size: wanted, first: Math.max(0, full - wanted) >> 1 }
}
