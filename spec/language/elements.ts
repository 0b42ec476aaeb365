import { type ArrayInput, type Parameters, rangeOf } from './operation.ts'

/** Which numbers the elements of an input may be: a test, and in words what passes it. */
export interface Allowed {
  readonly holds: (element: number) => boolean
  readonly expected: string
}

/** What the elements of an input may be in a case; `null` where nothing is asked of them. NaN is not below 0. */
export function allowedElements(input: ArrayInput, parameters: Parameters): Allowed | null {
  switch (input.elements) {
    case 'real':
      return null
    case 'bit':
      return { holds: (x) => x === 0 || x === 1, expected: 'only zeros and ones' }
    case 'nonnegative':
      return { holds: (x) => !(x < 0), expected: 'no negative elements' }
    case 'positive':
      return { holds: (x) => x > 0, expected: 'only elements above 0' }
    case 'share':
      return { holds: (x) => !(x < 0 || x > 1), expected: 'only elements from 0 to 1' }
    case 'whole': {
      const [low, high] = rangeOf(input, parameters)!
      return {
        holds: (x) => Number.isInteger(x) && x >= low && x <= high,
        expected: `only whole elements from ${low} to ${high}`,
      }
    }
  }
}

/** Whether an array has an element that is not 0, or each of its rows, where its input asks for one. */
export function hasSome(
  { some }: ArrayInput,
  { shape, data }: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
): boolean {
  if (some === undefined) return true
  const length = some === 'in each row' ? (shape.at(-1) ?? 1) : data.length
  for (let first = 0; first < data.length; first += length) {
    let at = first
    while (at < first + length && data[at] === 0) at++
    if (at === first + length) return false
  }
  return true
}
