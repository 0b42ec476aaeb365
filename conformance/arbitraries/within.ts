import { mismatch } from '../../spec/language/mismatch.ts'
import type { IntegerParameter, Parameter, RealParameter } from '../../spec/language/parameter.ts'
import { hash } from '../base/hash.ts'
import {
  admits,
  admitsNumber,
  isAnyOf,
  isList,
  isRange,
  type NumberRange,
  type Range,
} from '../protocol/ranges.ts'
import type { Draw } from './draws.ts'
import { alternativeAt, drawParameter } from './parameter.ts'

/**
 * A value of a parameter that a range takes, made of one that was drawn: the value itself where it is
 * within, else one that depends on it, so that different values stay different as far as the range has
 * as many. Where the range has none that is valid, the value stays as it is.
 */
export function narrowed(
  range: Range,
  parameter: Parameter,
  value: unknown,
  draw: Draw,
  path: string,
): unknown {
  if (admits(range, parameter, value)) return value
  if (isAnyOf(range)) {
    const possible = range.anyOf.filter((one) => isRange(one, parameter))
    const one = possible[(hash(JSON.stringify(value)) >>> 0) % possible.length]
    return one === undefined ? value : narrowed(one, parameter, value, draw, path)
  }
  switch (parameter.kind) {
    case 'integer':
      return wholeWithin(range, parameter, value as number)
    case 'real':
      return realWithin(range, parameter, value as number)
    case 'choice':
      // A law may be about one of the words alone.
      return parameter.options.includes(range as string) ? range : value
    case 'boolean':
      return range
    case 'tuple':
      return parameter.items.map((item, i) =>
        narrowed(of(range, i), item, (value as unknown[])[i], draw, `${path}[${i}]`),
      )
    case 'list':
      return (value as unknown[]).map((one, i) =>
        narrowed(of(range, i), parameter.item, one, draw, `${path}[${i}]`),
      )
    case 'record': {
      const fields = { ...(value as Readonly<Record<string, unknown>>) }
      for (const [field, one] of Object.entries(range as Readonly<Record<string, Range>>)) {
        const description = parameter.fields[field]!
        fields[field] = narrowed(one, description, fields[field], draw, `${path}.${field}`)
      }
      return fields
    }
    case 'alternatives': {
      const taken = parameter.options.findIndex((option) => isRange(range, option))
      const option = parameter.options[taken]
      if (option === undefined) return value
      const at = alternativeAt(path, taken)
      const isOf = mismatch(option, value, path) === undefined
      return narrowed(range, option, isOf ? value : drawParameter(option, draw, at), draw, at)
    }
    case 'sizes':
      return value
  }
}

const of = (range: Range, i: number): Range => (isList(range) ? range[i]! : range)

function wholeWithin(range: Range, { min, max }: IntegerParameter, value: number): number {
  return sizeWithin(range, value, min, max)
}

/** Beyond this, a size is that of a tile or of practice, and one near to it is wanted. */
const small = 6

/** A whole number from `least` on that a range takes: near to a large one, as varied as small ones are. */
export function sizeWithin(
  range: Range,
  size: number,
  least: number,
  most = Number.POSITIVE_INFINITY,
): number {
  if (admitsNumber(range, size)) return size
  if (isAnyOf(range)) {
    const one = range.anyOf[size % range.anyOf.length]
    return one === undefined ? size : sizeWithin(one, size, least, most)
  }
  if (typeof range === 'number') return range >= least && range <= most ? range : size
  const { min = least, max = most, multipleOf: step = 1 } = range as NumberRange
  const first = Math.ceil(Math.max(least, min) / step) * step
  const count = Math.floor((Math.min(most, max) - first) / step) + 1
  if (!(count > 0)) return size
  const near = Math.ceil((size - first) / step)
  const wanted = size > small ? near : size - least
  return first + step * (wanted >= 0 && wanted < count ? wanted : Math.abs(wanted) % count)
}

/** As far between the ends of the range as the value is between those of what is drawn. */
function realWithin(range: Range, { from, to }: RealParameter, value: number): number {
  if (typeof range === 'number') return range
  const { min = from, max = to } = range as NumberRange
  const share = to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0
  return Math.fround(min + share * (max - min))
}
