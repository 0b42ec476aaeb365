import { precise, visible } from '../base/text.ts'
import { fromWire, type WireTensor } from '../protocol/tensor.ts'
import type { Snippet } from './snippet-model.ts'
import { canBeWritten, headOf, namesOf, oneLine, safeName } from './snippet-typescript.ts'

/** A snippet in Python, with NumPy and nothing else. */
export function pythonOf(snippet: Snippet): string {
  const { single, comparisons, calls, answer } = snippet
  const coded = [
    ...Object.values(snippet.inputs),
    ...Object.values(answer ?? {}),
    ...comparisons.flatMap(({ expected, bound, actual }) => [expected, bound, actual]),
    ...calls.flatMap((call) => [
      ...Object.values(call.inputs),
      ...Object.values(call.answer ?? {}),
    ]),
  ].some((tensor) => !canBeWritten(tensor))
  const keyed = (side: 'expected' | 'bound' | 'actual') =>
    `{\n${comparisons.map((c) => `    ${JSON.stringify(c.label)}: ${literal(c[side])},`).join('\n')}\n}`
  const lines = [
    ...headOf(snippet).map((line) => `# ${line}`),
    ...(coded ? ['from base64 import b64decode', ''] : []),
    'import numpy as np',
    '',
    '',
    ...stubsOf(snippet),
    ...namesOf(snippet.inputs).map(([input, tensor]) => `${input} = ${literal(tensor)}`),
    `parameters = ${plain(snippet.parameters)}`,
    '',
  ]
  if (comparisons.length === 0) return [...lines, ...callOf(snippet), ''].join('\n')
  lines.push(
    `expected = ${keyed('expected')}`,
    '# The largest difference that rounding can explain, by element.',
    `bound = ${keyed('bound')}`,
    `came = ${keyed('actual')}`,
    '',
  )
  if (single) lines.push(`actual = ${snippet.name}(${argumentsOf(snippet)})`)
  else {
    lines.push(
      ...(calls.length > 0 ? callsOf(snippet) : []),
      '# The two sides that follow from the answers, as they were.',
      'actual = came',
    )
  }
  return [...lines, ...checkLines, ''].join('\n')
}

/** Functions to replace, at the top: each gives what came. */
function stubsOf(snippet: Snippet): readonly string[] {
  const { name, single, calls, comparisons, reason, answer, invalid } = snippet
  const stub = (own: string, names: string, ...body: readonly string[]) => [
    `# Replace this by your own: from mine import ${own}`,
    `def ${own}(${names}):`,
    ...body.map((line) => `    ${line}`),
    '',
    '',
  ]
  if (calls.length > 0) {
    const names = [...new Set(calls.map((call) => call.name))]
    const refused = ['if given is None:', '    raise ValueError("refused")', 'return given']
    return names.flatMap((own) =>
      stub(own, '**arguments', 'given = calls[call]["answer"]', ...refused),
    )
  }
  if (single) return stub(name, argumentsOf(snippet), 'return came')
  if (comparisons.length > 0) return []
  if (answer === null && invalid !== null) return stub(name, argumentsOf(snippet), 'return {}')
  const body =
    answer === null
      ? `raise RuntimeError(${JSON.stringify(visible(reason))})`
      : `return ${answerOf(answer)}`
  return stub(name, argumentsOf(snippet), body)
}

/** The one call of a case in which nothing was compared: it threw, or should have thrown. */
function callOf(snippet: Snippet): readonly string[] {
  const { name, reason, invalid } = snippet
  const call = `${name}(${argumentsOf(snippet)})`
  if (invalid === null) return [`# What came was: ${oneLine(reason)}`, `print(${call})`]
  return [
    `# These arguments are to be rejected: ${oneLine(invalid)}`,
    'try:',
    `    print("it answered instead of rejecting them:", ${call})`,
    'except Exception as error:',
    '    print("it conforms, and rejects them:", error)',
  ]
}

/** The calls of a law, each with what came; it is said whether the same comes again. */
function callsOf({ calls }: Snippet): readonly string[] {
  const named = (inputs: Snippet['inputs']) =>
    Object.entries(inputs).map(([name, tensor]) => `${JSON.stringify(name)}: ${literal(tensor)}`)
  return [
    'calls = [',
    ...calls.flatMap(({ name, inputs, parameters, answer }) => [
      '    {',
      `        "name": ${JSON.stringify(name)},`,
      `        "function": ${name},`,
      `        "inputs": {${named(inputs).join(', ')}},`,
      `        "parameters": ${plain(parameters)},`,
      `        "answer": ${answer === null ? 'None' : answerOf(answer)},`,
      '    },',
    ]),
    ']',
    'for call, asked in enumerate(calls):',
    '    given = asked["function"](**asked["inputs"], **asked["parameters"])',
    '    same = all(',
    '        np.array_equal(np.asarray(given[key]), value, equal_nan=True)',
    '        for key, value in (asked["answer"] or {}).items()',
    '    )',
    "    print(f\"{call + 1}, {asked['name']}: {'the same answer as before' if same else 'another answer'}\")",
    '',
  ]
}

function answerOf(answer: NonNullable<Snippet['answer']>): string {
  const outputs = Object.entries(answer).map(
    ([name, tensor]) => `${JSON.stringify(name)}: ${literal(tensor)}`,
  )
  return `{${outputs.join(', ')}}`
}

const checkLines = [
  'wrong = 0',
  'for key, want in expected.items():',
  '    got = np.asarray(actual[key])',
  '    if got.shape != want.shape:',
  '        print(f"{key} has the shape {got.shape}; expected {want.shape}")',
  '        wrong += 1',
  '        continue',
  '    for index in np.ndindex(want.shape):',
  '        a, e, b = float(got[index]), float(want[index]), float(bound[key][index])',
  '        if a == e or (a != a and e != e) or abs(a - e) <= b:',
  '            continue',
  '        print(f"{key}{list(index)}: expected {e!r}, got {a!r}, bound {b!r}")',
  '        wrong += 1',
  'print("it conforms" if wrong == 0 else f"{wrong} differences")',
]

function argumentsOf({ inputs, parameters }: Snippet): string {
  return [
    ...Object.keys(inputs).map(safeName),
    ...(Object.keys(parameters).length > 0 ? ['**parameters'] : []),
  ].join(', ')
}

function literal(encoded: WireTensor): string {
  if (encoded.absent) return 'None'
  const { dtype, shape, data } = fromWire(encoded)
  const axes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const filled =
    data.length > 0 && canBeWritten(encoded)
      ? `np.array([${Array.from(data, numberOf).join(', ')}], dtype=np.${dtype})`
      : `np.frombuffer(b64decode("${encoded.data}"), dtype="<${dtype === 'int32' ? 'i4' : dtype === 'float32' ? 'f4' : 'f8'}")`
  return `${filled}.reshape(${axes})`
}

function numberOf(value: number): string {
  if (Number.isNaN(value)) return 'np.nan'
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf'
  // A whole number without a point is an integer, which has no negative zero.
  return Object.is(value, -0) ? '-0.0' : precise(value)
}

/** Plain data as a Python literal. */
function plain(value: unknown): string {
  if (typeof value === 'number') return numberOf(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null || value === undefined) return 'None'
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([key, part]) => `${JSON.stringify(key)}: ${plain(part)}`,
  )
  return `{${entries.join(', ')}}`
}
