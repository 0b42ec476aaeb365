/** JSON in which numbers that it has no form for are the strings `NaN`, `Infinity`, `-Infinity` and `-0`. */
export function stringify(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isPlain(part) ? part : spelt(part)), 2)
}

function isPlain(part: unknown): boolean {
  return typeof part !== 'number' || (Number.isFinite(part) && !Object.is(part, -0))
}

function spelt(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
