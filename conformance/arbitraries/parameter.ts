import type { Parameter, RealParameter, SizesParameter } from '../../spec/language/parameter.ts'
import type { Draw } from './draws.ts'

/** Values that stand in the place of drawn ones, by the path of the part that they belong to. */
export type Fixed = ReadonlyMap<string, unknown>

const nothing: Fixed = new Map()

/** The path of the part that an alternative is: a word beside four amounts has another path than these. */
export const alternativeAt = (path: string, option: number) => `${path}|${option}`

/** Draws a value of a parameter, of which some parts may be fixed. */
export type DrawParameter = (draw: Draw, fixed?: Fixed) => unknown

/**
 * How values of a parameter are drawn; zeros give the simplest one. Every part of the description draws
 * its numbers, chosen or not, so that their order never varies. For a `sizes` parameter, the value is
 * its description until the sizes are known (see `tellSizes`).
 *
 * The description is gone through once, and names are put together once, for all that is drawn.
 */
export function drawerOf(parameter: Parameter, path: string): DrawParameter {
  switch (parameter.kind) {
    case 'integer': {
      const { min, upTo } = parameter
      return (draw, fixed = nothing) => {
        const drawn = min + draw(path, upTo - min)
        return fixed.get(path) ?? drawn
      }
    }
    case 'real': {
      const drawReal = realDrawerOf(parameter, path)
      return (draw, fixed = nothing) => {
        const drawn = drawReal(draw)
        return fixed.get(path) ?? drawn
      }
    }
    case 'choice': {
      const { options } = parameter
      return (draw) => options[draw(path, options.length - 1)]
    }
    case 'boolean':
      return (draw) => draw(path, 1) === 1
    case 'sizes':
      return () => parameter
    case 'tuple': {
      const items = parameter.items.map((item, i) => drawerOf(item, `${path}[${i}]`))
      return (draw, fixed) => items.map((item) => item(draw, fixed))
    }
    case 'list': {
      const { item, min, max } = parameter
      const [first, length] = [`${path}[0]`, `${path}.length`]
      const items = Array.from({ length: max }, (_, i) => drawerOf(item, `${path}[${i}]`))
      return (draw, fixed = nothing) => {
        const drawn = min + draw(length, max - min)
        const longest = items.map((item) => item(draw, fixed))
        // What stands in the place of the first item needs one.
        return longest.slice(0, isWithin(fixed, first) ? Math.max(1, drawn) : drawn)
      }
    }
    case 'record': {
      const fields = Object.entries(parameter.fields).map(
        ([name, field]) => [name, drawerOf(field, `${path}.${name}`)] as const,
      )
      return (draw, fixed) => {
        const drawn: Record<string, unknown> = {}
        for (const [name, field] of fields) drawn[name] = field(draw, fixed)
        return drawn
      }
    }
    case 'alternatives': {
      const options = parameter.options.map((option, i) => {
        const at = alternativeAt(path, i)
        return { at, drawn: drawerOf(option, at) }
      })
      return (draw, fixed = nothing) => {
        const drawn = draw(path, options.length - 1)
        const values = options.map((option) => option.drawn(draw, fixed))
        const meant = options.findIndex(({ at }) => isWithin(fixed, at))
        return values[meant < 0 ? drawn : meant]
      }
    }
  }
}

/** A single value of a parameter. */
export function drawParameter(parameter: Parameter, draw: Draw, path: string): unknown {
  return drawerOf(parameter, path)(draw)
}

function isWithin(fixed: Fixed, path: string): boolean {
  for (const part of fixed.keys()) if (part.startsWith(path)) return true
  return false
}

const FINEST = 16

/** Half of the time one of the values of the description, half of the time a point between its ends. */
function realDrawerOf(
  { values, from, to, min, max, open }: RealParameter,
  path: string,
): (draw: Draw) => number {
  const drawFraction = fractionDrawerOf(path)
  return (draw) => {
    const which = values.length === 0 ? 0 : draw(path, 2 * values.length - 1)
    const fraction = drawFraction(draw)
    if (which < values.length) return values[which]!
    const exact = from + (to - from) * fraction
    const point = Math.fround(exact)
    const valid = open ? point > min && point < max : point >= min && point <= max
    return valid ? point : exact
  }
}

/**
 * The middle of one of 2^detail equal parts of the unit interval; every other time the finest parts.
 * The detail shrinks first, so that a fraction becomes simpler near its place: 0.7173 → 0.75 → 0.5.
 */
function fractionDrawerOf(path: string): (draw: Draw) => number {
  const [ofDetail, ofPlace] = [`${path}.detail`, `${path}.place`]
  return (draw) => {
    const detail = Math.min(FINEST, draw(ofDetail, 2 * FINEST - 1))
    const place = draw(ofPlace, 2 ** FINEST - 1) * 2 ** -FINEST
    return (Math.floor(place * 2 ** detail) + 0.5) * 2 ** -detail
  }
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
