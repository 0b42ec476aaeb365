import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'

/**
 * Which values of a size, or of a parameter or a part of one, are taken, as plain data.
 *
 * - A number, word or truth value: that one.
 * - `{ min, max, multipleOf }`: numbers within, as far as it says.
 * - `{ anyOf: [range, …] }`: what any of them takes.
 * - Of a parameter with several items, any of these is meant for every item, and a list of ranges for
 *   one item each; of a record, a range for each field that has one.
 */
export type Range =
  | number
  | string
  | boolean
  | NumberRange
  | AnyOf
  | readonly Range[]
  | { readonly [field: string]: Range }

export interface NumberRange {
  readonly min?: number
  readonly max?: number
  readonly multipleOf?: number
}

interface AnyOf {
  readonly anyOf: readonly Range[]
}

/** Which cases of an operation are taken: all that are within every range. */
export interface Ranges {
  readonly sizes?: Readonly<Record<string, Range>>
  readonly parameters?: Readonly<Record<string, Range>>
  /** The arrays that have to be left out, of those that may be. */
  readonly absent?: readonly string[]
}

/** Why a case is outside of some ranges, in a few words; `null` where it is within. */
export function outside(
  ranges: Ranges,
  space: Space,
  {
    sizes,
    parameters,
    absent = [],
  }: {
    readonly sizes: Sizes
    readonly parameters: Parameters
    /** The arrays that are left out; none unless told otherwise. */
    readonly absent?: readonly string[]
  },
): string | null {
  for (const [symbol, range] of Object.entries(ranges.sizes ?? {})) {
    const size = sizes[symbol]
    if (size === undefined || admitsNumber(range, size)) continue
    const dimension = space.dimensions[symbol]
    return excess(symbol, range, size, dimension?.kind === 'free' ? dimension.min : undefined)
  }
  for (const [name, range] of Object.entries(ranges.parameters ?? {})) {
    const parameter = space.parameters[name]
    if (parameter === undefined || !(name in parameters)) continue
    const reason = excluded(range, parameter, parameters[name], name)
    if (reason !== null) return reason
  }
  const given = ranges.absent?.find((name) => name in space.inputs && !absent.includes(name))
  return given === undefined ? null : `given ${given}`
}

/** Whether something is a range for the values of a parameter: of their kind, and with no other words. */
export function isRange(range: unknown, parameter: Parameter): range is Range {
  if (isRecord(range) && 'anyOf' in range) {
    const { anyOf, ...rest } = range
    const isWhole = Array.isArray(anyOf) && anyOf.length > 0 && Object.keys(rest).length === 0
    return isWhole && anyOf.every((one) => isRange(one, parameter))
  }
  switch (parameter.kind) {
    case 'integer':
    case 'real':
      return typeof range === 'number' || isNumberRange(range)
    case 'choice':
      return parameter.options.includes(range as string)
    case 'boolean':
      return typeof range === 'boolean'
    case 'sizes':
      return typeof range === 'number' || isNumberRange(range)
    case 'tuple':
      return Array.isArray(range)
        ? range.length === parameter.items.length &&
            parameter.items.every((item, i) => isRange(range[i], item))
        : parameter.items.every((item) => isRange(range, item))
    case 'list':
      return Array.isArray(range)
        ? range.every((one) => isRange(one, parameter.item))
        : isRange(range, parameter.item)
    case 'record':
      return (
        isRecord(range) &&
        Object.entries(range).every(([field, one]) => {
          const description = parameter.fields[field]
          return description !== undefined && isRange(one, description)
        })
      )
    case 'alternatives':
      return parameter.options.some((option) => isRange(range, option))
  }
}

function isNumberRange(range: unknown): range is NumberRange {
  return (
    isRecord(range) &&
    Object.keys(range).length > 0 &&
    Object.entries(range).every(
      ([word, value]) =>
        ['min', 'max', 'multipleOf'].includes(word) &&
        typeof value === 'number' &&
        (word !== 'multipleOf' || value > 0),
    )
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a range takes a value of a parameter. */
export function admits(range: Range, parameter: Parameter, value: unknown): boolean {
  return excluded(range, parameter, value, '') === null
}

/** Why a range does not take a value of a parameter; `null` where it does. */
function excluded(range: Range, parameter: Parameter, value: unknown, name: string): string | null {
  if (isAnyOf(range)) {
    return range.anyOf.some((one) => admits(one, parameter, value))
      ? null
      : `${name} other than ${range.anyOf.map(inWords).join(' or ')}`
  }
  switch (parameter.kind) {
    case 'integer':
    case 'real':
      return admitsNumber(range, value) ? null : excess(name, range, value, parameter.min)
    case 'choice':
    case 'boolean':
      return value === range ? null : `${name} other than ${inWords(range)}`
    case 'sizes':
      return itemwise(range, parameter.of.length, value, name, (one, item) =>
        admitsNumber(one, item) ? null : excess(name, one, item),
      )
    case 'tuple':
      return itemwise(range, parameter.items.length, value, name, (one, item, i) =>
        excluded(one, parameter.items[i]!, item, name),
      )
    case 'list':
      return itemwise(range, null, value, name, (one, item) =>
        excluded(one, parameter.item, item, name),
      )
    case 'record': {
      const given = (value ?? {}) as Readonly<Record<string, unknown>>
      for (const [field, one] of Object.entries(range)) {
        const reason = excluded(one, parameter.fields[field]!, given[field], `${name}.${field}`)
        if (reason !== null) return reason
      }
      return null
    }
    case 'alternatives': {
      const taken = parameter.options.find((option) => !mismatch(option, value, name))
      return taken !== undefined && isRange(range, taken)
        ? excluded(range, taken, value, name)
        : `${name} other than ${inWords(range)}`
    }
  }
}

/** Every item by the range that is meant for it. Of a tuple, one with other items is outside. */
function itemwise(
  range: Range,
  length: number | null,
  value: unknown,
  name: string,
  of: (range: Range, item: unknown, i: number) => string | null,
): string | null {
  const list = isList(range) ? range : null
  const wanted = length ?? list?.length
  if (!Array.isArray(value) || (wanted !== undefined && value.length !== wanted)) {
    return `${name} other than ${inWords(range)}`
  }
  for (const [i, item] of value.entries()) {
    const reason = of(list === null ? range : list[i]!, item, i)
    if (reason !== null) return reason
  }
  return null
}

export function admitsNumber(range: Range, value: unknown): boolean {
  if (typeof value !== 'number') return false
  if (isAnyOf(range)) return range.anyOf.some((one) => admitsNumber(one, value))
  if (typeof range === 'number') return value === range
  const { min, max, multipleOf } = range as NumberRange
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (multipleOf === undefined || value % multipleOf === 0)
  )
}

/** How a number is outside of a range: `strides above 1`. */
function excess(name: string, range: Range, value: unknown, least?: number): string {
  if (typeof range === 'object' && !isList(range) && !isAnyOf(range) && typeof value === 'number') {
    const { min, max, multipleOf } = range as NumberRange
    if (min !== undefined && value < min) return `${name} below ${min}`
    if (max !== undefined && value > max) return `${name} above ${max}`
    if (multipleOf !== undefined) return `${name} not a multiple of ${multipleOf}`
  }
  return range === least ? `${name} above ${range}` : `${name} other than ${inWords(range)}`
}

function inWords(range: Range): string {
  if (typeof range === 'string') return `'${range}'`
  if (typeof range !== 'object') return String(range)
  if (isAnyOf(range)) return range.anyOf.map(inWords).join(' or ')
  if (isList(range)) return `[${range.map(inWords).join(', ')}]`
  const { min, max, multipleOf, ...fields } = range as NumberRange & Record<string, Range>
  const words = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
    ...Object.entries(fields).map(([field, one]) => `${field}: ${inWords(one)}`),
  ]
  return words.join(' and ')
}

export function isAnyOf(range: Range): range is AnyOf {
  return typeof range === 'object' && 'anyOf' in range
}

export function isList(range: Range): range is readonly Range[] {
  return Array.isArray(range)
}
