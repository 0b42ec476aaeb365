/** One operator of ONNX; images as N × K × H × W. */
export interface OnnxNode {
  readonly type: string
  readonly inputs: readonly string[]
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

function valueInfo(name: string, shape: readonly number[] | null): Uint8Array {
  const dimensions = (shape ?? []).map((size): Field => [1, message(whole(1, size))])
  const shaped: Field[] = shape === null ? [] : [[2, message(...dimensions)]]
  return message([1, text(name)], [2, message([1, message(whole(1, 1), ...shaped)])])
}

/** The model that is one operator, in ONNX's own format (onnx.proto, version 8 of it, opset 13). */
export function onnxModel(
  { type, inputs, ints = {}, floats = {} }: OnnxNode,
  shapes: Readonly<Record<string, readonly number[]>>,
): Uint8Array {
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
  const node = message(
    ...inputs.map((name): Field => [1, text(name)]),
    [2, text('y')],
    [4, text(type)],
    ...attributes.map((attribute): Field => [5, attribute]),
  )
  const graph = message(
    [1, node],
    [2, text('one operator')],
    ...inputs.map((name): Field => [11, valueInfo(name, shapes[name]!)]),
    [12, valueInfo('y', null)],
  )
  return message(whole(1, 8), [7, graph], [8, message([1, text('')], whole(2, 13))])
}
