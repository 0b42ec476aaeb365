import { mismatch } from '../../spec/language/mismatch.ts'
import type { Space, Usual } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'

/**
 * Those of the usual configurations that are cases of a space: its axes are free to have these sizes,
 * its parameters to have these values. A law that is posed for small sizes is not asked for larger ones.
 */
export function usualIn(space: Space, usual: readonly Usual[], beyond: boolean): readonly Usual[] {
  return usual.filter(({ sizes = {}, parameters = {} }) => {
    const sized = Object.entries(sizes).every(([symbol, size]) => {
      const dimension = space.dimensions[symbol]
      if (dimension === undefined || dimension.kind === 'derived') return false
      if (dimension.kind === 'at-least') return beyond || typeof size !== 'number' || size <= 8
      if (beyond) return typeof size !== 'number' || size >= dimension.min
      return typeof size === 'number' && size >= dimension.min && size <= dimension.upTo
    })
    return (
      sized &&
      Object.entries(parameters).every(([name, value]) => {
        const parameter = space.parameters[name]
        if (parameter === undefined || mismatch(parameter, value, name)) return false
        return beyond || isDrawn(parameter, value)
      })
    )
  })
}

/** The names of the sizes and parameters that a configuration says. */
export function thingsOf({ sizes = {}, parameters = {} }: Usual): readonly string[] {
  return [...Object.keys(sizes), ...Object.keys(parameters)]
}

/**
 * A configuration but for one of the things that it says, by its place from 1 on, which is as it comes:
 * what was made fast for the usual may forget to look at one of them.
 */
export function allBut(usual: Usual | undefined, place: number): Usual | undefined {
  const thing = usual === undefined || place === 0 ? undefined : thingsOf(usual)[place - 1]
  if (usual === undefined || thing === undefined) return usual
  const { [thing]: _size, ...sizes } = usual.sizes ?? {}
  const { [thing]: _value, ...parameters } = usual.parameters ?? {}
  return { sizes, parameters }
}

/** Whether a valid value is one of those that are drawn. */
function isDrawn(parameter: Parameter, value: unknown): boolean {
  switch (parameter.kind) {
    case 'integer':
      return (value as number) <= parameter.upTo
    case 'real': {
      const { values, from, to } = parameter
      const number = value as number
      return values.includes(number) || (number >= from && number <= to)
    }
    case 'tuple':
      return parameter.items.every((item, i) => isDrawn(item, (value as unknown[])[i]))
    case 'list':
      return (value as unknown[]).every((item) => isDrawn(parameter.item, item))
    case 'record':
      return Object.entries(parameter.fields).every(([name, field]) =>
        isDrawn(field, (value as Record<string, unknown>)[name]),
      )
    case 'alternatives':
      return parameter.options.some((o) => !mismatch(o, value, '') && isDrawn(o, value))
    default:
      return true
  }
}
