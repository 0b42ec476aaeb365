import type { Parameter, RealParameter, SizesParameter } from '../../spec/language/parameter.ts'
import type { Draw } from './draws.ts'

/** Values that stand in the place of drawn ones, by the path of the part that they belong to. */
export type Fixed = ReadonlyMap<string, unknown>

const nothing: Fixed = new Map()

/** The path of the part that an alternative is: a word beside four amounts has another path than these. */
export const alternativeAt = (path: string, option: number) => `${path}|${option}`

/**
 * A value of a parameter; zeros give the simplest one. Every part of the description draws its
 * numbers, chosen or not, so that their order never varies. For a `sizes` parameter, the value is
 * its description until the sizes are known (see `tellSizes`).
 */
export function drawParameter(
  parameter: Parameter,
  draw: Draw,
  path: string,
  fixed: Fixed = nothing,
): unknown {
  switch (parameter.kind) {
    case 'integer': {
      const drawn = parameter.min + draw(path, parameter.upTo - parameter.min)
      return fixed.get(path) ?? drawn
    }
    case 'real': {
      const drawn = drawReal(parameter, draw, path)
      return fixed.get(path) ?? drawn
    }
    case 'choice':
      return parameter.options[draw(path, parameter.options.length - 1)]
    case 'boolean':
      return draw(path, 1) === 1
    case 'sizes':
      return parameter
    case 'tuple':
      return parameter.items.map((item, i) => drawParameter(item, draw, `${path}[${i}]`, fixed))
    case 'list': {
      const { item, min, max } = parameter
      const drawn = min + draw(`${path}.length`, max - min)
      const longest = Array.from({ length: max }, (_, i) =>
        drawParameter(item, draw, `${path}[${i}]`, fixed),
      )
      // What stands in the place of the first item needs one.
      return longest.slice(0, isWithin(fixed, `${path}[0]`) ? Math.max(1, drawn) : drawn)
    }
    case 'record':
      return Object.fromEntries(
        Object.entries(parameter.fields).map(([name, field]) => [
          name,
          drawParameter(field, draw, `${path}.${name}`, fixed),
        ]),
      )
    case 'alternatives': {
      const { options } = parameter
      const drawn = draw(path, options.length - 1)
      const values = options.map((option, i) =>
        drawParameter(option, draw, alternativeAt(path, i), fixed),
      )
      const meant = options.findIndex((_, i) => isWithin(fixed, alternativeAt(path, i)))
      return values[meant < 0 ? drawn : meant]
    }
  }
}

function isWithin(fixed: Fixed, path: string): boolean {
  for (const part of fixed.keys()) if (part.startsWith(path)) return true
  return false
}

const FINEST = 16

/** Half of the time one of the values of the description, half of the time a point between its ends. */
function drawReal(
  { values, from, to, min, max, open }: RealParameter,
  draw: Draw,
  path: string,
): number {
  const which = values.length === 0 ? 0 : draw(path, 2 * values.length - 1)
  const fraction = drawFraction(draw, path)
  if (which < values.length) return values[which]!
  const exact = from + (to - from) * fraction
  const point = Math.fround(exact)
  const valid = open ? point > min && point < max : point >= min && point <= max
  return valid ? point : exact
}

/**
 * The middle of one of 2^detail equal parts of the unit interval; every other time the finest parts.
 * The detail shrinks first, so that a fraction becomes simpler near its place: 0.7173 → 0.75 → 0.5.
 */
function drawFraction(draw: Draw, path: string): number {
  const detail = Math.min(FINEST, draw(`${path}.detail`, 2 * FINEST - 1))
  const place = draw(`${path}.place`, 2 ** FINEST - 1) * 2 ** -FINEST
  return (Math.floor(place * 2 ** detail) + 0.5) * 2 ** -detail
}

/** Puts sizes in the place of the `sizes` descriptions among the values of parameters. */
export function tellSizes(value: unknown, sizes: Readonly<Record<string, number>>): unknown {
  if (Array.isArray(value)) return value.map((part) => tellSizes(part, sizes))
  if (typeof value !== 'object' || value === null) return value
  if (isSizesParameter(value)) return value.of.map((symbol) => sizes[symbol])
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, tellSizes(part, sizes)]),
  )
}

/** Whether a description has a `sizes` parameter in it somewhere. */
export function hasSizes(description: unknown): boolean {
  if (typeof description !== 'object' || description === null) return false
  return isSizesParameter(description) || Object.values(description).some(hasSizes)
}

function isSizesParameter(value: object): value is SizesParameter {
  return 'kind' in value && value.kind === 'sizes' && 'of' in value
}
