/** What tells when a run was, how long it took, and which Node it was. */
const ofItsOwn = ['seconds', 'startedAt', 'digest', 'node', 'runtime']

/** A place in which two values differ, with both. */
export interface Difference {
  readonly path: string
  readonly one: unknown
  readonly other: unknown
}

/** A report without what is of its own. */
export function asComparable(report: string): unknown {
  return JSON.parse(report, (key, value) => (ofItsOwn.includes(key) ? undefined : value))
}

/** The places in which two values differ. */
export function differences(one: unknown, other: unknown, path = ''): readonly Difference[] {
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...keys].flatMap((key) => differences(one[key], other[key], `${path}/${key}`))
  }
  return Object.is(one, other) ? [] : [{ path, one, other }]
}

export function shown({ path, one, other }: Difference): string {
  return `${path}: ${JSON.stringify(one)}, ${JSON.stringify(other)}`.slice(0, 300)
}

/**
 * Whether no more than the last digits of a utilization differ: versions of Node round powers such as x^¾ differently in
 * the last place, of which the difference between two answers shows more than either. Beside a rounding of single
 * precision, of which errors are a few, that is 2⁻²⁹, and 1e-7 of a utilization that is down to a fiftieth of it.
 */
export function isOfLastDigits({ path, one, other }: Difference): boolean {
  if (!/\/worstUtilization$/.test(path)) return false
  if (typeof one !== 'number' || typeof other !== 'number') return false
  return Math.abs(one - other) <= 1e-7 * Math.abs(one)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
