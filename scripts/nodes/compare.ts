/** What tells when a run was, how long it took, and which Node it was. */
const ofItsOwn = ['seconds', 'startedAt', 'digest', 'node', 'runtime']

/** A report without what is of its own. */
export function asComparable(report: string): unknown {
  return JSON.parse(report, (key, value) => (ofItsOwn.includes(key) ? undefined : value))
}

/** The places in which two values differ, each with both. */
export function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...keys].flatMap((key) => differences(one[key], other[key], `${path}/${key}`))
  }
  if (Object.is(one, other)) return []
  return [`${path}: ${JSON.stringify(one)}, ${JSON.stringify(other)}`.slice(0, 300)]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
