import onnxProto from 'onnx-proto'
import type { Tensor } from '../../../spec/language/tensor.ts'

const { onnx } = onnxProto
const { AttributeType } = onnx.AttributeProto
const { FLOAT, INT64 } = onnx.TensorProto.DataType

/** An operator set and a file format that ONNX Runtime has read since 2020. */
const operatorSet = 13
const fileFormat = 7

/** Whole numbers, a real number or a word. */
export type Attribute = readonly number[] | number | { readonly int: number } | string

/** One node of a graph: the operator, the arrays that it takes and gives, its attributes. */
export interface Node {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A graph with one input that varies, weights that belong to it, and one output. */
export interface Graph {
  readonly input: string
  /** What both ends hold; numbers of single precision unless told otherwise. */
  readonly inputType?: number
  readonly outputType?: number
  readonly weights: Readonly<Record<string, Tensor | readonly number[]>>
  readonly nodes: readonly Node[]
}

/** The bytes of a model, whose output is that of its last node. */
export function modelOf(graph: Graph): Uint8Array {
  const { input, inputType = FLOAT, outputType = FLOAT, weights, nodes } = graph
  const info = (name: string, elemType: number) => ({ name, type: { tensorType: { elemType } } })
  const message = onnx.ModelProto.create({
    irVersion: fileFormat,
    producerName: 'touchstone',
    opsetImport: [{ domain: '', version: operatorSet }],
    graph: {
      name: 'operation',
      node: nodes.map(({ operator, inputs, output, attributes = {} }) => ({
        opType: operator,
        input: [...inputs],
        output: [output],
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      })),
      initializer: Object.entries(weights).map(([name, value]) => initializer(name, value)),
      input: [info(input, inputType)],
      output: [info(nodes.at(-1)!.output, outputType)],
    },
  })
  return onnx.ModelProto.encode(message).finish()
}

/** A model has no fractions where whole numbers are expected. */
function whole(value: number): number {
  if (!Number.isInteger(value)) throw new RangeError(`${value} instead of a whole number`)
  return value
}

function attribute(name: string, value: Attribute) {
  if (typeof value === 'number') return { name, type: AttributeType.FLOAT, f: value }
  if (typeof value === 'string') {
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) }
  }
  if ('int' in value) return { name, type: AttributeType.INT, i: whole(value.int) }
  return { name, type: AttributeType.INTS, ints: value.map(whole) }
}

function initializer(name: string, value: Tensor | readonly number[]) {
  if ('shape' in value) {
    const { buffer } = Float32Array.from(value.data)
    return { name, dims: [...value.shape], dataType: FLOAT, rawData: new Uint8Array(buffer) }
  }
  const { buffer } = BigInt64Array.from(value, BigInt)
  return { name, dims: [value.length], dataType: INT64, rawData: new Uint8Array(buffer) }
}
