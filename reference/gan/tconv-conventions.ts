import type { tconvPlacement as spec } from '../../spec/gan/tconv-conventions.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

type Given = ParametersOf<typeof spec>
/** Rows of the result, and how many of those that the kernel reaches come before it. */
type Placed = readonly [size: number, before: number]

/**
 * Where the call of a library places the result of a transposed convolution.
 *
 * Formula    with E = D (H' − 1) + 1 and full = (H_o − 1)·S + E: after = full − size − before, and
 *            PyTorch: size = full − 2p + o, before = p;
 *            ONNX with pads: size = full − p_1 − p_2 + o, before = p_1;
 *            ONNX else: size as asked, or H_o·S, or full + o for VALID; T = full + o − size,
 *            before = ⌊T/2⌋ for SAME_UPPER, ⌈T/2⌉ else;
 *            Keras: size = H_o·S + max(E − S, 0) (valid) or H_o·S (same), and with an output padding
 *            full + o (valid) or (H_o − 1)·S + E mod 2 + o (same); before = 0 or ⌊max(full − size, 0) / 2⌋
 * Clauses    gan.tconv.conventions
 * Shapes     → size: [], before: [], after: []
 * Edges      rows that the kernel does not reach are zeros at the end: after is below 0
 * Source     PyTorch, ConvTranspose2d; ONNX, ConvTranspose; Keras, Conv2DTranspose
 * Example    2 rows, kernel 3, stride 2, Keras, same → size 4, before 0, after 1
 */
export const tconvPlacement: Reference<typeof spec> = ({ exact }, _, given) => {
  const full = fullOf(given)
  const [size, before] = placed(given, full)
  const scalar = (value: number) => build([], () => exact(value))
  return { size: scalar(size), before: scalar(before), after: scalar(full - size - before) }
}

const reachOf = ({ kernel, dilation }: Given): number => dilation * (kernel - 1) + 1
const fullOf = (given: Given): number => (given.size - 1) * given.stride + reachOf(given)

function placed(given: Given, full: number): Placed {
  const { size: Ho, stride: S, call } = given
  if ('pytorch' in call) {
    const { padding: p, outputPadding: o } = call.pytorch
    return [full - 2 * p + o, p]
  }
  if ('keras' in call) return byKeras(given, call.keras, full)
  const { onnx } = call
  if ('pads' in onnx) return [full - onnx.pads[0] - onnx.pads[1] + onnx.outputPadding, onnx.pads[0]]
  const extended = full + onnx.outputPadding
  if (onnx.autoPad === 'VALID') return [extended, 0]
  const size = 'outputShape' in onnx ? onnx.outputShape : Ho * S
  const total = extended - size
  return [size, onnx.autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2)]
}

type Keras = Extract<Given['call'], { readonly keras: unknown }>['keras']

function byKeras(given: Given, call: Keras, full: number): Placed {
  const { size: Ho, stride: S } = given
  const E = reachOf(given)
  const valid = call.padding === 'valid'
  const size =
    'outputPadding' in call
      ? (Ho - 1) * S + (valid ? E : E % 2) + call.outputPadding
      : Ho * S + (valid ? Math.max(E - S, 0) : 0)
  return [size, valid ? 0 : Math.floor(Math.max(full - size, 0) / 2)]
}
