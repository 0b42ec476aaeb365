import onnxProto from 'onnx-proto'

const { onnx } = onnxProto
const { AttributeType } = onnx.AttributeProto
const { FLOAT, INT8, INT32 } = onnx.TensorProto.DataType

/** One operator of ONNX; images as N × K × H × W. */
export interface OnnxNode {
  readonly type: string
  readonly inputs: readonly string[]
  /** What others call the result; the last of several nodes gives `y`. */
  readonly output?: string
  readonly ints?: Readonly<Record<string, number | readonly number[]>>
  readonly floats?: Readonly<Record<string, number>>
}

/** What arrays hold. */
const elementTypes = { float32: FLOAT, int8: INT8, int32: INT32 } as const

export type OnnxType = keyof typeof elementTypes

/** A model of a few operators, whose arrays are all given to it. */
export function onnxModel(
  nodes: readonly OnnxNode[],
  shapes: Readonly<Record<string, readonly number[]>>,
  [given, returned]: readonly [given: OnnxType, returned: OnnxType],
): Uint8Array {
  const info = (name: string, type: OnnxType, shape?: readonly number[]) => {
    const dim = shape?.map((size) => ({ dimValue: size }))
    const tensorType = { elemType: elementTypes[type], ...(dim && { shape: { dim } }) }
    return { name, type: { tensorType } }
  }
  const message = onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'what is measured',
      node: nodes.map(({ type, inputs, output = 'y', ints = {}, floats = {} }) => ({
        opType: type,
        input: [...inputs],
        output: [output],
        attribute: [
          ...Object.entries(ints).map(([name, value]) => whole(name, value)),
          ...Object.entries(floats).map(([name, f]) => ({ name, type: AttributeType.FLOAT, f })),
        ],
      })),
      input: inputsOf(nodes).map((name) => info(name, given, shapes[name]!)),
      output: [info('y', returned)],
    },
  })
  return onnx.ModelProto.encode(message).finish()
}

function whole(name: string, value: number | readonly number[]) {
  return typeof value === 'number'
    ? { name, type: AttributeType.INT, i: value }
    : { name, type: AttributeType.INTS, ints: [...value] }
}

/** What a model is given: what its nodes read and none of them makes. */
export function inputsOf(nodes: readonly OnnxNode[]): readonly string[] {
  const made = nodes.map(({ output }) => output)
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((name) => !made.includes(name))
}
