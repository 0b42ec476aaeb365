/** One operator of ONNX; images as N × K × H × W. */
export interface OnnxNode {
  readonly type: string
  readonly inputs: readonly string[]
  /** What others call the result; the last of several nodes gives `y`. */
  readonly output?: string
  readonly ints?: Readonly<Record<string, number | readonly number[]>>
  readonly floats?: Readonly<Record<string, number>>
}

type Field = readonly [field: number, bytes: Uint8Array, wire?: number]

const text = (value: string) => new TextEncoder().encode(value)

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128)
    if (rest < 128) return Uint8Array.from(bytes)
  }
}

/** A message of protocol buffers: each field as its number, how it is written, and what is written. */
function message(...fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([field, bytes, wire = 2]) => [
    varint(field * 8 + wire),
    ...(wire === 2 ? [varint(bytes.length)] : []),
    bytes,
  ])
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

const whole = (field: number, value: number): Field => [field, varint(value), 0]

function float(field: number, value: number): Field {
  return [field, new Uint8Array(Float32Array.of(value).buffer), 5]
}

/** How arrays are held, by their number in onnx.proto. */
const elementTypes = { float32: 1, int8: 3, int32: 6 } as const

export type OnnxType = keyof typeof elementTypes

function valueInfo(name: string, shape: readonly number[] | null, type: OnnxType): Uint8Array {
  const dimensions = (shape ?? []).map((size): Field => [1, message(whole(1, size))])
  const shaped: Field[] = shape === null ? [] : [[2, message(...dimensions)]]
  return message(
    [1, text(name)],
    [2, message([1, message(whole(1, elementTypes[type]), ...shaped)])],
  )
}

/** A model of a few operators, in ONNX's own format (onnx.proto, version 8 of it, opset 13). */
export function onnxModel(
  nodes: readonly OnnxNode[],
  shapes: Readonly<Record<string, readonly number[]>>,
  [given, returned]: readonly [given: OnnxType, returned: OnnxType],
): Uint8Array {
  const graph = message(
    ...nodes.map((node): Field => [1, encoded(node)]),
    [2, text('one operation')],
    ...inputsOf(nodes).map((name): Field => [11, valueInfo(name, shapes[name]!, given)]),
    [12, valueInfo('y', null, returned)],
  )
  return message(whole(1, 8), [7, graph], [8, message([1, text('')], whole(2, 13))])
}

/** What a model is given: what its nodes read and none of them makes. */
export function inputsOf(nodes: readonly OnnxNode[]): readonly string[] {
  const made = nodes.map(({ output }) => output)
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((name) => !made.includes(name))
}

function encoded({ type, inputs, output = 'y', ints = {}, floats = {} }: OnnxNode): Uint8Array {
  const attributes = [
    ...Object.entries(ints).map(([name, value]) =>
      typeof value === 'number'
        ? message([1, text(name)], whole(3, value), whole(20, 2))
        : message([1, text(name)], ...value.map((v) => whole(8, v)), whole(20, 7)),
    ),
    ...Object.entries(floats).map(([name, value]) =>
      message([1, text(name)], float(2, value), whole(20, 1)),
    ),
  ]
  return message(
    ...inputs.map((name): Field => [1, text(name)]),
    [2, text(output)],
    [4, text(type)],
    ...attributes.map((attribute): Field => [5, attribute]),
  )
}
