import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameter } from '../../spec/language/parameter.ts'

/** A whole number somewhere in the value of a parameter. */
export interface IntegerWithin {
  readonly value: number
  readonly min: number
  /** The value of the parameter with another number in its place. */
  become(other: number): unknown
}

/** Every whole number in the value of a parameter. */
export function* integersWithin(parameter: Parameter, value: unknown): Generator<IntegerWithin> {
  switch (parameter.kind) {
    case 'integer':
      yield { value: value as number, min: parameter.min, become: (other) => other }
      return
    case 'tuple':
    case 'list': {
      const items = value as readonly unknown[]
      for (const [i, item] of items.entries()) {
        const of = parameter.kind === 'list' ? parameter.item : parameter.items[i]!
        yield* placed(integersWithin(of, item), (other) => items.with(i, other))
      }
      return
    }
    case 'record': {
      const fields = value as Readonly<Record<string, unknown>>
      for (const [name, field] of Object.entries(parameter.fields)) {
        const within = integersWithin(field, fields[name])
        yield* placed(within, (other) => ({ ...fields, [name]: other }))
      }
      return
    }
    case 'alternatives': {
      const taken = parameter.options.find((option) => mismatch(option, value, '') === undefined)
      if (taken !== undefined) yield* integersWithin(taken, value)
    }
  }
}

function* placed(
  integers: Iterable<IntegerWithin>,
  place: (part: unknown) => unknown,
): Generator<IntegerWithin> {
  for (const { value, min, become } of integers) {
    yield { value, min, become: (other) => place(become(other)) }
  }
}
