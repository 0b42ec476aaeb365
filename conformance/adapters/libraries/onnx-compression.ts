import onnxProto from 'onnx-proto'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { mapValues } from '../../base/records.ts'
import type { Definition } from '../define.ts'
import type { Graphs } from './onnx-graphs.ts'
import type { Graph, Node } from './onnx-model.ts'

const { FLOAT, FLOAT16, INT8, UINT8 } = onnxProto.onnx.TensorProto.DataType

/** What codes of a kind are, of eight bits or fewer. */
function typeOf(range: string): number {
  if (range === 'unsigned') return UINT8
  if (range === 'signed' || range === 'narrow') return INT8
  throw new RangeError(`codes are not ${range}`)
}

const cast = (input: string, to: number, output: string): Node => ({
  operator: 'Cast',
  inputs: [input],
  output,
  attributes: { to: { int: to } },
})

/** One scale or zero point for all has no axis in ONNX. */
const scalar = (tensor: Tensor): Tensor =>
  tensor.data.length === 1 && tensor.shape.length === 1 ? { ...tensor, shape: [] } : tensor

/** An operator on the first input, given in a type, and on weights, of which `codes` have a type, too. */
function typed(
  operator: string,
  input: { readonly name: string; readonly type: number },
  weights: Readonly<Record<string, Tensor>>,
  codes: Readonly<Record<string, number>>,
  attributes: Node['attributes'] = {},
): Graph {
  const as = (name: string) => (codes[name] === undefined ? name : `${name} as codes`)
  return {
    input: input.name,
    weights: mapValues(weights, scalar),
    nodes: [
      ...Object.entries(codes).map(([name, type]) => cast(name, type, as(name))),
      cast(input.name, input.type, 'given'),
      {
        operator,
        inputs: ['given', ...Object.keys(weights).map(as)],
        output: 'result',
        attributes,
      },
      cast('result', FLOAT, 'answer'),
    ],
  }
}

/** One operator on scores, each divided by a temperature. */
function tempered(
  operator: string,
  { temperature }: Parameters,
  attributes: Node['attributes'] & object,
): Graph {
  const data = Float32Array.of(temperature)
  return {
    input: 'z',
    weights: { temperature: { dtype: 'float32', shape: [], data } },
    nodes: [
      { operator: 'Div', inputs: ['z', 'temperature'], output: 'quotients' },
      { operator, inputs: ['quotients'], output: 'answer', attributes },
    ],
  }
}

const ofClasses = { axis: { int: 1 } }

/** The areas of compression as graphs of ONNX. */
export const compressionGraphs: Graphs = {
  'distillation.softmax': (_, given) => tempered('Softmax', given, ofClasses),
  'distillation.logSoftmax': (_, given) => tempered('LogSoftmax', given, ofClasses),
  'distillation.logSumExp': (_, given) => {
    const graph = tempered('ReduceLogSumExp', given, { axes: [1], keepdims: { int: 0 } })
    const back = { operator: 'Mul', inputs: ['answer', 'temperature'], output: 'smooth maximum' }
    return { ...graph, nodes: [...graph.nodes, back] }
  },
  'quantization.quantize': ({ scales, zeroPoints }, { range }) =>
    typed(
      'QuantizeLinear',
      { name: 'x', type: FLOAT },
      { scales, zeroPoints },
      { zeroPoints: typeOf(range) },
      ofClasses,
    ),
  'quantization.dequantize': ({ scales, zeroPoints }, { range }) =>
    typed(
      'DequantizeLinear',
      { name: 'codes', type: typeOf(range) },
      { scales, zeroPoints },
      { zeroPoints: typeOf(range) },
      ofClasses,
    ),
  'quantization.integerMatmul': ({ b, zeroA, zerosB }, { rangeA, rangeB }) =>
    typed(
      'MatMulInteger',
      { name: 'a', type: typeOf(rangeA) },
      { b, zeroA, zerosB },
      { b: typeOf(rangeB), zeroA: typeOf(rangeA), zerosB: typeOf(rangeB) },
    ),
  'quantization.quantizedMatmul': (
    { b, zeroA, zerosB, scaleA, scalesB, scaleY, zeroY },
    { rangeA, rangeB, rangeY },
  ) =>
    typed(
      'QLinearMatMul',
      { name: 'a', type: typeOf(rangeA) },
      { scaleA, zeroA, b, scalesB, zerosB, scaleY, zeroY },
      {
        zeroA: typeOf(rangeA),
        b: typeOf(rangeB),
        zerosB: typeOf(rangeB),
        zeroY: typeOf(rangeY),
      },
    ),
  'quantization.encodeHalf': () => ({
    input: 'x',
    weights: {},
    nodes: [cast('x', FLOAT16, 'answer')],
    outputType: FLOAT16,
  }),
  'quantization.decodeHalf': () => ({
    input: 'codes',
    inputType: FLOAT16,
    weights: {},
    nodes: [cast('codes', FLOAT, 'answer')],
  }),
  'quantization.halfMatmul': ({ b }) =>
    typed('MatMul', { name: 'a', type: FLOAT16 }, { b }, { b: FLOAT16 }),
}

const bytes = { bits: 8, range: { anyOf: ['signed', 'unsigned'] } } as const
const float16 = { parameters: { format: 'float16' } } as const

/**
 * Codes are bytes, of those kinds for which there are kernels
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/OperatorKernels.md); and the package for Node has
 * no arrays of bfloat16.
 */
export const compressionDomains: Definition['supports'] & object = {
  'quantization.quantize': { parameters: bytes },
  'quantization.dequantize': { parameters: { bits: { max: 8 } } },
  'quantization.quantizedMatmul': ({ parameters: { bits, rangeA, rangeB, rangeY } }) => {
    if (bits !== 8) return 'bits other than 8'
    if (rangeA !== rangeY) return 'a product of another kind than the samples'
    return rangeA === 'unsigned' || rangeB === 'signed' || 'signed samples by unsigned weights'
  },
  'quantization.encodeHalf': float16,
  'quantization.decodeHalf': float16,
  'quantization.halfMatmul': { parameters: { sums: 'float32' } },
}
