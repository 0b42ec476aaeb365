import { precise, visible } from '../base/text.ts'
import { fromWire, type WireTensor } from '../protocol/tensor.ts'
import type { Snippet } from './snippet-model.ts'
import { canBeWritten, headOf, namesOf, oneLine, safeName } from './snippet-typescript.ts'

/** A snippet in Python, with NumPy and nothing else. */
export function pythonOf(snippet: Snippet): string {
  const { single, comparisons, name, reason } = snippet
  const coded = [
    ...Object.values(snippet.inputs),
    ...comparisons.flatMap(({ expected, bound, actual }) => [expected, bound, actual]),
  ].some((tensor) => !canBeWritten(tensor))
  const lines = [
    ...headOf(snippet).map((line) => `# ${line}`),
    ...(coded ? ['from base64 import b64decode', ''] : []),
    'import numpy as np',
    '',
    ...namesOf(snippet.inputs).map(([input, tensor]) => `${input} = ${literal(tensor)}`),
    `parameters = ${plain(snippet.parameters)}`,
    '',
  ]
  if (comparisons.length === 0) {
    return [
      ...lines,
      '',
      `# Replace this by a call of your own function; what came was: ${oneLine(reason)}`,
      `def ${name}(${argumentsOf(snippet)}):`,
      `    raise RuntimeError(${JSON.stringify(visible(reason))})`,
      '',
      '',
      `print(${name}(${callOf(snippet)}))`,
      '',
    ].join('\n')
  }
  const keyed = (side: 'expected' | 'bound' | 'actual') =>
    `{\n${comparisons.map((c) => `    ${JSON.stringify(c.label)}: ${literal(c[side])},`).join('\n')}\n}`
  lines.push(
    `expected = ${keyed('expected')}`,
    '# The largest difference that rounding can explain, by element.',
    `bound = ${keyed('bound')}`,
    `came = ${keyed('actual')}`,
    '',
  )
  if (single) {
    lines.push(
      '',
      '# Replace the body by a call of your own function; this is what came.',
      `def ${name}(${argumentsOf(snippet)}):`,
      '    return came',
      '',
      '',
      `actual = ${name}(${callOf(snippet)})`,
    )
  } else {
    lines.push(
      `# Both sides follow from several calls of ${snippet.operation} with the inputs above.`,
      'actual = came',
    )
  }
  return [...lines, ...checkLines, ''].join('\n')
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

function callOf(snippet: Snippet): string {
  return argumentsOf(snippet)
}

function literal(encoded: WireTensor): string {
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
