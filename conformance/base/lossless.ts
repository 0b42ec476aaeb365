const arrays = { Float32Array, Float64Array, Int32Array, Uint8Array } as const

type ArrayName = keyof typeof arrays

/** What JSON has no form for, as an object with one of these names. */
interface Marked {
  readonly $number?: string
  readonly $array?: readonly [name: ArrayName, base64: string]
}

/**
 * JSON that is read back as it was: numbers that JSON has no form for, and typed arrays to the bit. For what
 * programs of this project tell each other in files; what others read is written by `stringify`.
 */
export function toLossless(value: unknown): string {
  return JSON.stringify(value, (_, part) => marked(part))
}

/**
 * What `toLossless` wrote.
 *
 * @throws {SyntaxError} it is no JSON
 */
export function fromLossless(text: string): unknown {
  return JSON.parse(text, (_, part) => unmarked(part))
}

function marked(part: unknown): unknown {
  if (typeof part === 'number') {
    if (Object.is(part, -0)) return { $number: '-0' } satisfies Marked
    return Number.isFinite(part) ? part : ({ $number: String(part) } satisfies Marked)
  }
  if (!ArrayBuffer.isView(part)) return part
  const name = part.constructor.name as ArrayName
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  return { $array: [name, bytes.toString('base64')] } satisfies Marked
}

function unmarked(part: unknown): unknown {
  if (part === null || typeof part !== 'object') return part
  const { $number, $array } = part as Marked
  if ($number !== undefined) return Number($number)
  if ($array === undefined) return part
  const [name, base64] = $array
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return new arrays[name](bytes.buffer)
}
