import onnxProto from 'onnx-proto'
import type { Tensor } from '../../../spec/language/tensor.ts'

const { onnx } = onnxProto
const { AttributeType } = onnx.AttributeProto
const { FLOAT, INT32, INT64 } = onnx.TensorProto.DataType

/** An operator set and a file format that ONNX Runtime has read since 2021. */
const operatorSet = 14
const fileFormat = 7

/** Whole numbers or real ones, one or several, or words. */
export type Attribute =
  | readonly number[]
  | number
  | { readonly int: number }
  | { readonly reals: readonly number[] }
  | string
  | readonly string[]

/** One node of a graph: the operator, the arrays that it takes and gives, its attributes. One that it is not given is ''. */
export interface Node {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string | readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/** A graph with one input that varies, weights that belong to it, and its outputs. */
export interface Graph {
  readonly input: string
  /** What both ends hold; numbers of single precision unless told otherwise. */
  readonly inputType?: number
  readonly outputType?: number
  readonly weights: Readonly<Record<string, Weight>>
  readonly nodes: readonly Node[]
  /** Those of an operation by their names; its only one, of the last node, unless told otherwise. */
  readonly outputs?: readonly string[]
}

/** An array of reals, or whole numbers of 64 or of 32 bits. */
type Weight = Tensor | readonly number[] | Int32Array

/** The bytes of a model. */
export function modelOf(graph: Graph): Uint8Array {
  const { input, inputType = FLOAT, outputType = FLOAT, weights, nodes } = graph
  const { outputs = [nodes.at(-1)!.output].flat() } = graph
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
        output: [output].flat(),
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      })),
      initializer: Object.entries(weights).map(([name, value]) => initializer(name, value)),
      input: [info(input, inputType)],
      output: outputs.map((name) => info(name, outputType)),
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
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: bytes(value) }
  if ('int' in value) return { name, type: AttributeType.INT, i: whole(value.int) }
  if ('reals' in value) return { name, type: AttributeType.FLOATS, floats: [...value.reals] }
  if (value.every((item) => typeof item === 'string')) {
    return { name, type: AttributeType.STRINGS, strings: value.map(bytes) }
  }
  return { name, type: AttributeType.INTS, ints: (value as readonly number[]).map(whole) }
}

const bytes = (text: string) => new TextEncoder().encode(text)

function initializer(name: string, value: Weight) {
  if (value instanceof Int32Array) {
    const rawData = new Uint8Array(value.slice().buffer)
    return { name, dims: [value.length], dataType: INT32, rawData }
  }
  if ('shape' in value) {
    const { buffer } = Float32Array.from(value.data)
    return { name, dims: [...value.shape], dataType: FLOAT, rawData: new Uint8Array(buffer) }
  }
  const { buffer } = BigInt64Array.from(value, BigInt)
  return { name, dims: [value.length], dataType: INT64, rawData: new Uint8Array(buffer) }
}
