import { InvalidArgumentError } from 'commander'

/** A whole number from `least` on, for options such as `--runs`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It is no whole number from ${least} on.`)
    }
    return value
  }
}

/** Any 32-bit integer, which is what fast-check takes as a seed. */
export function seed(text: string): number {
  const value = Number(text)
  if (!/^-?\d+$/.test(text.trim()) || value !== (value | 0)) {
    throw new InvalidArgumentError('It is no whole number of 32 bits.')
  }
  return value
}

/** A number of seconds above 0. */
export function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It is no number of seconds above 0.')
  }
  return value
}

/** One of several that share something, from 1 on. */
export interface Place {
  readonly index: number
  readonly count: number
}

/** `2/7`, the second of seven. */
export function place(text: string): Place {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? []
  const [i, n] = [Number(index), Number(count)]
  if (!(i >= 1 && i <= n)) {
    throw new InvalidArgumentError('It is no place such as 2/7: from 1 on, and up to their number.')
  }
  return { index: i, count: n }
}
