import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import onnxProto from 'onnx-proto'
import { extent, paddingAmounts } from '../../spec/cnn/window.ts'
import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { fromWire } from '../protocol/tensor.ts'
import type { Vector, VectorFile } from './vectors.ts'

const { onnx } = onnxProto
const { AttributeType } = onnx.AttributeProto
const { FLOAT } = onnx.TensorProto.DataType

/** An operator set and a file format that ONNX Runtime has read since 2020. */
const operatorSet = 13
const fileFormat = 7

/** Whole numbers in a row, one whole number, or a real number. */
type Attribute =
  | { readonly ints: readonly number[] }
  | { readonly i: number }
  | { readonly f: number }

/** How an operation is said in ONNX. */
interface Translation {
  readonly operator: (parameters: Parameters) => string
  /** Inputs and outputs in the order of the operator, with the axes that ONNX puts in each place. */
  readonly inputs: readonly (readonly [name: string, axes: readonly number[]])[]
  readonly outputs: readonly (readonly [name: string, axes: readonly number[]])[]
  readonly attributes: (parameters: Parameters, sizes: Sizes) => Readonly<Record<string, Attribute>>
}

/** N × H × W × K becomes N × K × H × W. */
const channelsFirst = [0, 3, 1, 2]
/** Axes that stay where they are. */
const [asImages, asRows] = [
  [0, 1, 2, 3],
  [0, 1],
]

/** Strides, kernel and padding, as ONNX puts them: all that lies before, then all behind. */
function windows(
  { strides, dilations = [1, 1], padding }: Parameters,
  { H, W }: Sizes,
  [rows, columns]: readonly [number, number],
): Record<string, Attribute> {
  const amounts = (axis: 0 | 1, size: number, kernel: number) =>
    paddingAmounts(padding, axis, size, extent(kernel, dilations[axis]), strides[axis])
  const [top, bottom] = amounts(0, H!, rows)
  const [left, right] = amounts(1, W!, columns)
  return {
    strides: { ints: strides },
    kernel_shape: { ints: [rows, columns] },
    pads: { ints: [top, left, bottom, right] },
  }
}

const pooling = (operator: string): Translation => ({
  operator: () => operator,
  inputs: [['x', channelsFirst]],
  outputs: [['y', channelsFirst]],
  attributes: (parameters, sizes) => windows(parameters, sizes, parameters.kernel),
})

const activations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  'leaky-relu': 'LeakyRelu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
}

/** The operations for which ONNX has an operator that computes the same. */
const translations: Readonly<Record<string, Translation>> = {
  'cnn.conv2d': {
    operator: () => 'Conv',
    inputs: [
      ['x', channelsFirst],
      ['filters', [3, 2, 0, 1]],
      ['bias', [0]],
    ],
    outputs: [['y', channelsFirst]],
    attributes: (parameters, sizes) => ({
      ...windows(parameters, sizes, [sizes.Hf!, sizes.Wf!]),
      dilations: { ints: parameters.dilations },
    }),
  },
  'cnn.maxPool': pooling('MaxPool'),
  'cnn.averagePool': pooling('AveragePool'),
  'cnn.lrnAcross': {
    operator: () => 'LRN',
    inputs: [['x', channelsFirst]],
    outputs: [['y', channelsFirst]],
    // ONNX divides alpha by the size of the group.
    attributes: ({ radius, kappa, alpha, beta }) => ({
      size: { i: 2 * radius + 1 },
      alpha: { f: alpha * (2 * radius + 1) },
      beta: { f: beta },
      bias: { f: kappa },
    }),
  },
  'cnn.activation': {
    operator: ({ activation }) => activations[activation]!,
    inputs: [['x', asImages]],
    outputs: [['y', asImages]],
    attributes: ({ activation, slope }) =>
      activation === 'leaky-relu' ? { alpha: { f: slope } } : {},
  },
  'cnn.flatten': {
    operator: () => 'Flatten',
    inputs: [['x', asImages]],
    outputs: [['y', asRows]],
    attributes: () => ({ axis: { i: 1 } }),
  },
  'cnn.dense': {
    operator: () => 'Gemm',
    inputs: [
      ['x', asRows],
      ['weights', asRows],
      ['bias', [0]],
    ],
    outputs: [['y', asRows]],
    attributes: () => ({}),
  },
}

/**
 * Writes the vectors of an operation as ONNX's own tests are laid out: a folder a case with
 * `model.onnx`, `test_data_set_0/input_0.pb` and so on. Gives how many; 0 where ONNX has no operator.
 */
export function writeOnnx({ operation, cases }: VectorFile, folder: string): number {
  const translation = translations[operation]
  if (translation === undefined) return 0
  for (const [number, vector] of cases.entries()) {
    const place = join(folder, `${operation}_${number}`)
    const data = join(place, 'test_data_set_0')
    mkdirSync(data, { recursive: true })
    writeFileSync(join(place, 'model.onnx'), model(operation, translation, vector))
    const all = [
      ['input', translation.inputs, vector.inputs],
      ['output', translation.outputs, vector.expected],
    ] as const
    for (const [kind, places, arrays] of all) {
      for (const [i, [name, axes]] of places.entries()) {
        const bytes = tensorProto(name, transposed(fromWire(arrays[name]!), axes))
        writeFileSync(join(data, `${kind}_${i}.pb`), bytes)
      }
    }
  }
  return cases.length
}

function model(operation: string, translation: Translation, vector: Vector): Uint8Array {
  const { operator, inputs, outputs } = translation
  const attributes = translation.attributes(vector.parameters, vector.sizes)
  const names = (places: Translation['inputs']) => places.map(([name]) => name)
  const info = (places: Translation['inputs'], arrays: Vector['inputs']) =>
    places.map(([name, axes]) => {
      const dim = axes.map((axis) => ({ dimValue: arrays[name]!.shape[axis]! }))
      return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } }
    })
  const node = {
    opType: operator(vector.parameters),
    input: names(inputs),
    output: names(outputs),
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...encoded(value) })),
  }
  const message = onnx.ModelProto.create({
    irVersion: fileFormat,
    producerName: 'touchstone',
    opsetImport: [{ domain: '', version: operatorSet }],
    graph: {
      name: operation,
      node: [node],
      input: info(inputs, vector.inputs),
      output: info(outputs, vector.expected),
    },
  })
  return onnx.ModelProto.encode(message).finish()
}

function encoded(value: Attribute) {
  if ('ints' in value) return { type: AttributeType.INTS, ints: [...value.ints] }
  return 'i' in value
    ? { type: AttributeType.INT, i: value.i }
    : { type: AttributeType.FLOAT, f: value.f }
}

/** In float32, as ONNX wants it; an expected value is rounded once, by half a unit in its last place. */
function tensorProto(name: string, { shape, data }: Tensor): Uint8Array {
  const { buffer } = Float32Array.from(data)
  const message = { name, dims: [...shape], dataType: FLOAT, rawData: new Uint8Array(buffer) }
  return onnx.TensorProto.encode(onnx.TensorProto.create(message)).finish()
}

/** The array whose axis i is the axis `axes[i]` of another. */
function transposed({ dtype, shape, data }: Tensor, axes: readonly number[]): Tensor {
  const strides = shape.map((_, axis) => elements(shape.slice(axis + 1)))
  const result = axes.map((axis) => shape[axis]!)
  const moved = data.slice()
  for (let position = 0; position < moved.length; position++) {
    let from = 0
    let rest = position
    for (let i = axes.length - 1; i >= 0; i--) {
      from += (rest % result[i]!) * strides[axes[i]!]!
      rest = Math.floor(rest / result[i]!)
    }
    moved[position] = data[from]!
  }
  return { dtype, shape: result, data: moved }
}
