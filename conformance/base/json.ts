import { messageOf } from './message.ts'

/**
 * JSON in which numbers that it has no form for are the strings `NaN`, `Infinity`, `-Infinity` and
 * `-0`. The schemas allow them wherever a number may be one of these, and nowhere else.
 */
export function stringify(value: unknown, indent = 2): string {
  return JSON.stringify(value, (_, part) => (isPlain(part) ? part : spelt(part)), indent)
}

/**
 * The same JSON in the one form that RFC 8785 gives it: members in the order of their names, nothing between.
 * A lone surrogate, which that excludes and an implementation may send, is escaped as `JSON.stringify` does.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((part) => canonical(part ?? null)).join()}]`
  if (value === null || typeof value !== 'object') return stringify(value, 0)
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`)
  return `{${members.join()}}`
}

/** A number as `stringify` wrote it. */
export function numberFrom(written: unknown): number {
  return typeof written === 'string' ? (spelling.get(written) ?? Number.NaN) : Number(written)
}

/**
 * Plain data with the numbers that `stringify` spelt out read back.
 * Only for data without free text, such as parameters, where `NaN` can mean nothing else.
 */
export function withNumbers<T>(value: T): T {
  if (typeof value === 'string') return (spelling.get(value) ?? value) as T
  if (Array.isArray(value)) return value.map(withNumbers) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withNumbers(part)]),
  ) as T
}

const spelling = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

function isPlain(part: unknown): boolean {
  return typeof part !== 'number' || (Number.isFinite(part) && !Object.is(part, -0))
}

function spelt(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/**
 * What a file of JSON holds, which is an object.
 *
 * @throws {Error} it is no JSON; that it was cut short is told, since its writer or its transport was then stopped
 */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const whole = text.trim()
    if (whole === '') throw new Error('it is empty')
    if (whole.startsWith('{') && (!whole.endsWith('}') || /end of JSON/.test(messageOf(error)))) {
      throw new Error(`it is cut short, after ${new TextEncoder().encode(text).length} bytes`)
    }
    throw error
  }
}
