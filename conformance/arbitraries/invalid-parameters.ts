import type { Signature } from '../../spec/language/check.ts'
import { mismatch } from '../../spec/language/mismatch.ts'
import type { Sizes } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import type { Case } from './case.ts'
import type { Invalidity } from './invalidity.ts'
import { drawParameter, tellSizes } from './parameter.ts'

/** Every number outside its range, every unknown word, however deep in a parameter. */
export function wrongParameters(operation: Signature): Invalidity[] {
  return Object.entries(operation.parameters).flatMap(([name, parameter]) =>
    mistakesIn(operation, parameter, name).map((mistake) => ({
      name: mistake.name,
      argument: mistake.path,
      spoil: ({ sizes, inputs, parameters }: Case) => {
        const value = mistake.make(parameters[name], sizes)
        const wrong = mistake.disagrees || mismatch(parameter, value, name) !== undefined
        return wrong ? { inputs, parameters: { ...parameters, [name]: value } } : undefined
      },
    })),
  )
}

/** Parameters that break a condition between sizes and parameters. */
export function violations(operation: Signature): Invalidity[] {
  return (operation.constraints ?? []).map((constraint) => ({
    name: `not so: ${constraint.says}`,
    argument: constraint.argument,
    spoil: ({ sizes, inputs, parameters }) => {
      const violating = constraint.violate(parameters, sizes)
      return constraint.holds(sizes, violating) ? undefined : { inputs, parameters: violating }
    },
  }))
}

/** One mistake in the value of a parameter or of a part of it. */
interface Mistake {
  readonly name: string
  readonly path: string
  /** The wrong value, made from a valid one. */
  // biome-ignore lint/suspicious/noExplicitAny: the value follows the description beside it
  readonly make: (value: any, sizes: Sizes) => unknown
  /** Right on its own, but at odds with the sizes that other arguments tell. */
  readonly disagrees?: boolean
}

function mistakesIn(operation: Signature, parameter: Parameter, path: string): Mistake[] {
  const within = (part: Parameter, place: string) => mistakesIn(operation, part, `${path}${place}`)
  switch (parameter.kind) {
    case 'integer':
    case 'real': {
      const { min, max } = parameter
      const step = parameter.kind === 'real' && parameter.open ? 0 : 1
      const found: Mistake[] = []
      if (parameter.kind === 'integer') {
        const name = `${path} between two whole numbers`
        found.push({ name, path, make: (value: number) => value + 0.5 })
      }
      if (min > -Number.MAX_SAFE_INTEGER) {
        found.push({ name: `${path} below its least value`, path, make: () => min - step })
      }
      if (max < Number.MAX_SAFE_INTEGER) {
        found.push({ name: `${path} above its greatest value`, path, make: () => max + step })
      }
      return found
    }
    case 'choice':
      return [{ name: `${path} an unknown word`, path, make: () => 'no such word' }]
    case 'boolean':
      return []
    case 'sizes':
      return parameter.of.flatMap((symbol, i) =>
        isToldByInputs(operation, symbol)
          ? {
              name: `${path}[${i}] greater by one than axis ${symbol}`,
              path: `${path}[${i}]`,
              make: (value: readonly number[]) => value.with(i, value[i] + 1),
              disagrees: true,
            }
          : [],
      )
    case 'tuple':
      return parameter.items.flatMap((item, i) =>
        within(item, `[${i}]`).map((mistake) => ({
          ...mistake,
          make: (value, sizes) => value.with(i, mistake.make(value[i], sizes)),
        })),
      )
    case 'list': {
      const { item, min, max } = parameter
      const repeated = (length: number, sizes: Sizes) => Array(length).fill(simplest(item, sizes))
      const found = within(item, '[0]').map((mistake) => ({
        ...mistake,
        make: (value: readonly unknown[], sizes: Sizes) => {
          const some = value.length > 0 ? value : repeated(1, sizes)
          return some.with(0, mistake.make(some[0], sizes))
        },
      }))
      const longer = (_: unknown, sizes: Sizes) => repeated(max + 1, sizes)
      const shorter = (_: unknown, sizes: Sizes) => repeated(min - 1, sizes)
      found.push({ name: `${path} longer than allowed`, path, make: longer })
      if (min > 0) found.push({ name: `${path} shorter than allowed`, path, make: shorter })
      return found
    }
    case 'record':
      return Object.entries(parameter.fields).flatMap(([field, description]) =>
        within(description, `.${field}`).map((mistake) => ({
          ...mistake,
          make: (value, sizes) => ({ ...value, [field]: mistake.make(value[field], sizes) }),
        })),
      )
    case 'alternatives':
      return parameter.options.flatMap((option, i) =>
        within(option, '').map((mistake) => ({
          ...mistake,
          name: `${mistake.name}, in alternative ${i + 1}`,
          make: (value, sizes) => {
            const fits = mismatch(option, value, path) === undefined
            return mistake.make(fits ? value : simplest(option, sizes), sizes)
          },
        })),
      )
  }
}

function simplest(parameter: Parameter, sizes: Sizes): unknown {
  return tellSizes(
    drawParameter(parameter, () => 0, ''),
    sizes,
  )
}

function isToldByInputs(operation: Signature, symbol: string): boolean {
  return (
    operation.dimensions[symbol].kind === 'derived' ||
    Object.values(operation.inputs).some(({ axes }) => axes.includes(symbol))
  )
}
