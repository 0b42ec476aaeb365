import { mismatch } from '../../spec/language/mismatch.ts'
import type { Sizes } from '../../spec/language/operation.ts'
import type { Parameter, RealParameter } from '../../spec/language/parameter.ts'
import { decrements } from './decrements.ts'

/** Simpler values of a parameter to try in the place of one, the simplest first. */
export function* simplerValues(parameter: Parameter, value: unknown): Generator<unknown> {
  switch (parameter.kind) {
    case 'integer': {
      const simplest = Math.max(0, parameter.min)
      const apart = (value as number) - simplest
      for (const by of decrements(Math.abs(apart))) yield (value as number) - Math.sign(apart) * by
      return
    }
    case 'real':
      yield* simplerReals(parameter, value as number)
      return
    case 'choice':
      yield* parameter.options.slice(0, parameter.options.indexOf(value as string))
      return
    case 'boolean':
      if (value === true) yield false
      return
    case 'sizes':
      return
    case 'tuple': {
      const items = value as readonly unknown[]
      // Equal ones together: where they must stay equal, none can change on its own.
      if (items.length > 1 && items.every((item) => item === items[0])) {
        for (const simpler of simplerValues(parameter.items[0]!, items[0])) {
          yield items.map(() => simpler)
        }
      }
      for (const [i, item] of parameter.items.entries()) {
        for (const simpler of simplerValues(item, items[i])) yield items.with(i, simpler)
      }
      return
    }
    case 'list': {
      const items = value as readonly unknown[]
      if (items.length > parameter.min) {
        yield items.slice(0, parameter.min)
        for (let i = items.length - 1; i >= 0; i--) yield items.toSpliced(i, 1)
      }
      for (const [i, item] of items.entries()) {
        for (const simpler of simplerValues(parameter.item, item)) yield items.with(i, simpler)
      }
      return
    }
    case 'record': {
      const fields = value as Readonly<Record<string, unknown>>
      for (const [name, field] of Object.entries(parameter.fields)) {
        for (const simpler of simplerValues(field, fields[name]))
          yield { ...fields, [name]: simpler }
      }
      return
    }
    case 'alternatives': {
      const taken = takenIn(parameter.options, value)
      for (const option of parameter.options.slice(0, Math.max(0, taken))) {
        if (option.kind === 'choice') yield* option.options
        if (option.kind === 'boolean') yield false
        if (option.kind === 'integer') yield Math.max(0, option.min)
      }
      const option = parameter.options[taken]
      if (option !== undefined) yield* simplerValues(option, value)
    }
  }
}

/** How far a value is from the simplest: what `simplerValues` gives is less. */
export function complexity(parameter: Parameter, value: unknown): number {
  const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0)
  switch (parameter.kind) {
    case 'integer':
      return Math.abs((value as number) - Math.max(0, parameter.min))
    case 'real':
      return digitsOf(value as number)
    case 'choice':
      return parameter.options.indexOf(value as string)
    case 'boolean':
      return value === true ? 1 : 0
    case 'sizes':
      return 0
    case 'tuple':
      return sum(parameter.items.map((item, i) => complexity(item, (value as unknown[])[i])))
    case 'list':
      return sum((value as unknown[]).map((item) => 1 + complexity(parameter.item, item)))
    case 'record':
      return sum(
        Object.entries(parameter.fields).map(([name, field]) =>
          complexity(field, (value as Readonly<Record<string, unknown>>)[name]),
        ),
      )
    case 'alternatives': {
      const taken = takenIn(parameter.options, value)
      const option = parameter.options[taken]
      // An earlier alternative is simpler, whatever its value.
      return option === undefined ? 0 : 100 * taken + complexity(option, value)
    }
  }
}

/** A value with the sizes of a case in the places where it tells them. */
export function withSizes(parameter: Parameter, value: unknown, sizes: Sizes): unknown {
  switch (parameter.kind) {
    case 'sizes':
      return parameter.of.map((symbol) => sizes[symbol]!)
    case 'tuple':
      return parameter.items.map((item, i) => withSizes(item, (value as unknown[])[i], sizes))
    case 'list':
      return (value as unknown[]).map((item) => withSizes(parameter.item, item, sizes))
    case 'record':
      return Object.fromEntries(
        Object.entries(parameter.fields).map(([name, field]) => [
          name,
          withSizes(field, (value as Readonly<Record<string, unknown>>)[name], sizes),
        ]),
      )
    case 'alternatives': {
      const option = parameter.options[takenIn(parameter.options, value)]
      return option === undefined ? value : withSizes(option, value, sizes)
    }
    default:
      return value
  }
}

function takenIn(options: readonly Parameter[], value: unknown): number {
  return options.findIndex((option) => mismatch(option, value, '') === undefined)
}

/** 0, 1, the values of the description, then the number itself with fewer digits. */
function* simplerReals(parameter: RealParameter, value: number): Generator<number> {
  const { values, from, to } = parameter
  const rounded = [Math.round(value), ...[1, 2].map((digits) => Number(value.toPrecision(digits)))]
  for (const simpler of [0, 1, ...values, ...rounded]) {
    const drawable = values.includes(simpler) || (simpler >= from && simpler <= to)
    if (drawable && digitsOf(simpler) < digitsOf(value)) yield simpler
  }
}

/** 0 is simpler than 1, a number with few digits than one with many. */
function digitsOf(value: number): number {
  return value === 0 ? 0 : value === 1 ? 1 : 1 + String(value).length
}
