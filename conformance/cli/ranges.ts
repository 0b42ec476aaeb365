import { inWords } from '../../spec/language/in-words.ts'
import type { Dimension } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import { fieldsIn } from '../../spec/parameters.ts'

type Derived = Extract<Dimension, { kind: 'derived' }>

/** What a parameter may be, and how far generated cases go. */
export function parameterInWords(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
      return `${inWords(parameter)} (cases up to ${parameter.upTo})`
    case 'real':
      return `${inWords(parameter)} (cases from ${parameter.from} to ${parameter.to})`
    case 'tuple': {
      const items = parameter.items.map(parameterInWords)
      const alike = new Set(items).size === 1
      return alike ? `${items.length} values, each ${items[0]}` : `[${items.join(', ')}]`
    }
    case 'list': {
      const { min, max, item } = parameter
      return `a list of ${min} to ${max}, each ${parameterInWords(item)}`
    }
    case 'alternatives':
      return parameter.options.map(parameterInWords).join(', or ')
    default:
      return inWords(parameter)
  }
}

/** What each field of the records in a parameter may be, by where it is in it: `onnx.pads`. */
export function fieldsOf(parameter: Parameter): ReadonlyMap<string, string> {
  const words = new Map<string, Set<string>>()
  for (const [path, field] of fieldsIn(parameter)) {
    words.set(path, (words.get(path) ?? new Set()).add(parameterInWords(field)))
  }
  return new Map([...words].map(([path, all]) => [path, [...all].join(', or ')]))
}

/** What an axis counts, how long it may be, and how long generated cases make it. */
export function sizeInWords(dimension: Dimension): string {
  const range = rangeInWords(dimension)
  switch (dimension.kind) {
    case 'free':
      return `${range} (cases up to ${dimension.upTo})`
    case 'at-least':
      return `${range} (cases up to ${dimension.slack} above)`
    case 'derived':
      return range
  }
}

/** What an axis counts, and how long it may be. */
export function rangeInWords(dimension: Dimension): string {
  const { kind, meaning } = dimension
  switch (kind) {
    case 'free':
      return `${meaning}: at least ${dimension.min}`
    case 'at-least':
      return `${meaning}: at least ${dimension.bound}`
    case 'derived':
      return `${meaning}: ${fixed(dimension.size) ?? 'follows from the others'}`
  }
}

/** A size that looks at no other and at no parameter, or null. */
function fixed(size: Derived['size']): number | null {
  let isAsked = false
  const asked = new Proxy<Record<string, never>>({}, { get: () => (isAsked = true) })
  try {
    const value = size(asked, asked)
    return isAsked ? null : value
  } catch {
    return null
  }
}
