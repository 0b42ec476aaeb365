import { toBase64 } from '../base/base64.ts'
import { precise, visible } from '../base/text.ts'
import { fromWire, type WireTensor } from '../protocol/tensor.ts'
import type { Snippet } from './snippet-model.ts'

/** Arrays up to this many elements are written as numbers, longer ones as base64. */
const mostWritten = 64

/** A snippet in TypeScript; every line of it is JavaScript as well but for types. */
export function typescriptOf(snippet: Snippet): string {
  const { single, comparisons, calls } = snippet
  const keyed = (side: 'expected' | 'bound' | 'actual') =>
    `{\n${comparisons.map((c) => `  ${JSON.stringify(c.label)}: ${literal(c[side])},`).join('\n')}\n}`
  const lines = [
    ...headOf(snippet).map((line) => `// ${line}`),
    'type Tensor = { shape: number[]; data: ArrayLike<number> }',
    'type Answer = Record<string, Tensor>',
    '',
    ...stubsOf(snippet),
    ...namesOf(snippet.inputs).map(([input, tensor]) => `const ${input} = ${literal(tensor)}`),
    `const parameters = ${plain(snippet.parameters)}`,
    '',
  ]
  if (comparisons.length === 0) return [...lines, ...callOf(snippet), ''].join('\n')
  lines.push(
    `const expected: Answer = ${keyed('expected')}`,
    '// The largest difference that rounding can explain, by element.',
    `const bound: Answer = ${keyed('bound')}`,
    `const came: Answer = ${keyed('actual')}`,
    '',
  )
  if (single) lines.push(`const actual: Answer = ${snippet.name}({ ${inputsOf(snippet)} })`)
  else {
    lines.push(
      ...(calls.length > 0 ? callsOf(snippet) : []),
      '// The two sides that follow from the answers, as they were.',
      'const actual = came',
    )
  }
  return [...lines, ...checkLines, ''].join('\n')
}

/** Functions to replace, at the top: each gives what came. */
function stubsOf({
  name,
  single,
  calls,
  comparisons,
  reason,
  answer,
  invalid,
}: Snippet): readonly string[] {
  const stub = (own: string, body: string) => [
    `// Replace this by your own: import { ${own} } from './mine.ts'`,
    `function ${own}(inputs: Record<string, unknown>): Answer {`,
    `  ${body}`,
    '}',
    '',
  ]
  if (calls.length > 0) {
    const names = [...new Set(calls.map((call) => call.name))]
    const give = 'if (given === null) throw new Error("refused")\n  return given'
    return [
      'let call = 0',
      ...names.flatMap((own) => stub(own, `const given = calls[call].answer\n  ${give}`)),
    ]
  }
  if (single) return stub(name, 'return came')
  if (comparisons.length > 0) return []
  if (answer === null && invalid !== null) return stub(name, 'return {}')
  return answer === null
    ? stub(name, `throw new Error(${JSON.stringify(visible(reason))})`)
    : stub(name, `return ${answerOf(answer)}`)
}

/** The one call of a case in which nothing was compared: it threw, or should have thrown. */
function callOf(snippet: Snippet): readonly string[] {
  const { name, reason, invalid } = snippet
  const call = `${name}({ ${inputsOf(snippet)} })`
  if (invalid === null) return [`// What came was: ${oneLine(reason)}`, `console.log(${call})`]
  return [
    `// These arguments are to be rejected: ${oneLine(invalid)}`,
    'try {',
    `  console.log('it answered instead of rejecting them:', ${call})`,
    '} catch (error) {',
    "  console.log('it conforms, and rejects them:', String(error))",
    '}',
  ]
}

/** The calls of a law, each with what came; it is said whether the same comes again. */
function callsOf({ calls }: Snippet): readonly string[] {
  return [
    'const calls: { name: string; ask: () => Answer; answer: Answer | null }[] = [',
    ...calls.flatMap(({ name, inputs, parameters, answer }) => [
      '  {',
      `    name: ${JSON.stringify(name)},`,
      `    ask: () => ${name}({ ${argumentsOf(inputs, parameters)} }),`,
      `    answer: ${answer === null ? 'null' : answerOf(answer)},`,
      '  },',
    ]),
    ']',
    'for (; call < calls.length; call++) {',
    '  const { name, ask, answer } = calls[call]',
    '  const plain = (given: Answer | null) =>',
    '    JSON.stringify(given, (_, part) => (ArrayBuffer.isView(part) ? Array.from(part as any, String) : part))',
    "  const same = plain(ask()) === plain(answer) ? 'the same answer as before' : 'another answer'",
    "  console.log(call + 1 + ', ' + name + ':', same)",
    '}',
    '',
  ]
}

function argumentsOf(inputs: Snippet['inputs'], parameters: Snippet['parameters']): string {
  return [
    ...Object.entries(inputs).map(([name, tensor]) => `${name}: ${literal(tensor)}`),
    ...(Object.keys(parameters).length > 0 ? [`...${plain(parameters)}`] : []),
  ].join(', ')
}

function answerOf(answer: NonNullable<Snippet['answer']>): string {
  const outputs = Object.entries(answer).map(([name, tensor]) => `${name}: ${literal(tensor)}`)
  return `{ ${outputs.join(', ')} }`
}

const checkLines = [
  'let wrong = 0',
  'for (const [name, want] of Object.entries(expected)) {',
  '  const got = actual[name]',
  '  if (got.shape.join() !== want.shape.join()) {',
  "    console.log(name, 'has the shape', got.shape, 'and should have', want.shape)",
  '    wrong++',
  '    continue',
  '  }',
  '  for (let i = 0; i < want.data.length; i++) {',
  '    const [a, e, b] = [got.data[i], want.data[i], bound[name].data[i]]',
  '    if (a === e || (a !== a && e !== e) || Math.abs(a - e) <= b) continue',
  "    console.log(name, 'element', i, 'expected', e, 'got', a, 'bound', b)",
  '    wrong++',
  '  }',
  '}',
  "console.log(wrong === 0 ? 'it conforms' : wrong + ' differences')",
]

/** The lines at the head of a snippet, without the marks of a comment. */
export function headOf({
  property,
  title,
  implementation,
  declared,
  single,
  comparisons,
}: Snippet) {
  return [
    `${property}: ${title}`,
    `Smallest case found on ${visible(implementation)}.`,
    ...(declared === ''
      ? []
      : [
          'Arrays and parameters are in the axes and conventions of the specification.',
          `The implementation was asked in those that it declares: ${visible(declared)}.`,
        ]),
    ...(single || comparisons.length === 0
      ? []
      : ['The property relates the answers to several calls; its two sides are compared below.']),
  ].map(oneLine)
}

export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ')
}

export function namesOf(inputs: Snippet['inputs']) {
  return Object.entries(inputs).map(([name, tensor]) => [safeName(name), tensor] as const)
}

/** Names that are taken in one of the languages get an underscore. */
export function safeName(name: string): string {
  const taken = ['in', 'lambda', 'class', 'new', 'function', 'expected', 'bound', 'came', 'actual']
  return [...taken, 'parameters', 'wrong', 'np', 'name'].includes(name) ? `${name}_` : name
}

function inputsOf({ inputs, parameters }: Snippet): string {
  const names = Object.keys(inputs).map((name) =>
    safeName(name) === name ? name : `${name}: ${safeName(name)}`,
  )
  return [...names, ...(Object.keys(parameters).length > 0 ? ['...parameters'] : [])].join(', ')
}

const arrayTypes = {
  float32: 'Float32Array',
  float64: 'Float64Array',
  int32: 'Int32Array',
} as const

function literal(encoded: WireTensor): string {
  if (encoded.absent) return 'undefined'
  const { dtype, shape, data } = fromWire(encoded)
  const type = arrayTypes[dtype]
  const filled =
    data.length > 0 && canBeWritten(encoded)
      ? `new ${type}([${Array.from(data, precise).join(', ')}])`
      : `new ${type}(Uint8Array.from(atob('${encoded.data}'), (c) => c.charCodeAt(0)).buffer)`
  return `{ shape: [${shape.join(', ')}], data: ${filled} }`
}

/** Whether decimal numbers keep every bit: few of them, and no NaN but the usual one. */
export function canBeWritten(encoded: WireTensor): boolean {
  const { dtype, shape, data } = fromWire(encoded)
  if (data.length > mostWritten) return false
  if (!data.some(Number.isNaN)) return true
  const written = dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data)
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) written[i] = Number.NaN
  const again = toBase64(written)
  return shape.length >= 0 && again === encoded.data
}

/** Plain data as a literal, with the numbers that JSON has no form for. */
function plain(value: unknown): string {
  if (typeof value === 'number') return precise(value)
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${plain(part)}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
