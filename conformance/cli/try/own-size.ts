import { checkArguments } from '../../../spec/language/check.ts'
import { ArgumentError } from '../../../spec/language/errors.ts'
import { mismatch } from '../../../spec/language/mismatch.ts'
import type { Constraint, Operation, Parameters, Sizes } from '../../../spec/language/operation.ts'
import { realize } from '../../arbitraries/fill.ts'
import { drawParameter, tellSizes } from '../../arbitraries/parameter.ts'
import { UsageError } from '../../base/errors.ts'
import { stringify } from '../../base/json.ts'
import type { OwnSize } from '../../suite/own-size.ts'
import { parameterInWords, rangeInWords } from '../ranges.ts'

/** All sizes and parameters of a case, and the names of those that were not given. */
export interface Completed extends OwnSize {
  readonly chosen: readonly string[]
}

/**
 * Completes given sizes and parameters to those of a valid case. What is not given is as in the first
 * usual configuration of the operation, or else as large as generated cases have it; a parameter is the
 * simplest.
 *
 * @throws {UsageError} a name or a value is none that the signature allows
 */
export function complete(operation: Operation, given: Sizes, parameters: Parameters): Completed {
  assertKnown(operation, 'size', given)
  assertKnown(operation, 'parameter', parameters)
  for (const name in parameters) assertAllowed(operation, name, parameters[name])
  const sizes = withToldSizes(operation, given, parameters)
  const free = freeSizes(operation, sizes)
  const values = repaired(operation, free, parameters)
  const all = withBoundSizes(operation, free, values, sizes)
  const told = tellSizes(values, all) as Parameters
  for (const constraint of operation.constraints ?? []) {
    if (!constraint.holds(all, told)) throw forbidden(operation, constraint, told)
  }
  const names = [...Object.keys(all), ...Object.keys(told)]
  const follows = (name: string) =>
    operation.dimensions[name]?.kind === 'derived' || operation.parameters[name]?.kind === 'sizes'
  const chosen = names.filter((name) => !(name in sizes || name in parameters || follows(name)))
  return { operation, sizes: all, parameters: told, chosen }
}

/**
 * Sees that the arguments that sizes and parameters make are what the signature allows.
 *
 * @throws {UsageError} they are not
 */
export function assertValid({ operation, sizes, parameters }: OwnSize): void {
  const recipe = { sizes, parameters, distribution: 'zeros', seed: 0 }
  try {
    checkArguments(operation, realize(operation, recipe).inputs, parameters)
  } catch (error) {
    if (error instanceof ArgumentError) throw new UsageError(error.message)
    throw error
  }
}

function assertKnown(
  operation: Operation,
  role: 'size' | 'parameter',
  given: Readonly<Record<string, unknown>>,
): void {
  const known = role === 'size' ? operation.dimensions : operation.parameters
  for (const name in given) {
    if (Object.hasOwn(known, name)) continue
    throw new UsageError(`${operation.id} has no ${role} ${name}`, allowedIn(operation, role))
  }
}

/** The ranges of all sizes, or of all parameters, a line each. */
function allowedIn(operation: Operation, role: 'size' | 'parameter'): readonly string[] {
  const rows =
    role === 'size'
      ? Object.entries(operation.dimensions).map(([name, it]) => [name, rangeInWords(it)] as const)
      : Object.entries(operation.parameters).map(
          ([name, it]) => [name, parameterInWords(it)] as const,
        )
  if (rows.length === 0) return [`it has no ${role}s`]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [`its ${role}s are`, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)]
}

function assertAllowed(operation: Operation, name: string, value: unknown): void {
  const wrong = mismatch(operation.parameters[name]!, value, name)
  if (wrong === undefined) return
  const problem = `${operation.id}: ${wrong.path} is ${wrong.got}; expected ${wrong.expected}`
  throw new UsageError(problem, allowedIn(operation, 'parameter'))
}

/** The given sizes, and those that a given parameter tells, such as that of an image. */
function withToldSizes(operation: Operation, given: Sizes, parameters: Parameters): Sizes {
  const all: Record<string, number> = { ...given }
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (parameter.kind !== 'sizes' || parameters[name] === undefined) continue
    for (const [i, symbol] of parameter.of.entries()) {
      const size: number = parameters[name][i]
      if ((all[symbol] ?? size) !== size) {
        throw new UsageError(`${symbol}=${all[symbol]}, but ${name} has ${size} in its place`)
      }
      all[symbol] = size
    }
  }
  return all
}

function freeSizes(operation: Operation, given: Sizes): Sizes {
  const usual = operation.usual?.[0]?.sizes ?? {}
  const free: Record<string, number> = {}
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind !== 'free') continue
    const size = usual[symbol]
    free[symbol] = given[symbol] ?? (typeof size === 'number' ? size : dimension.upTo)
    if (free[symbol] < dimension.min) throw tooSmall(operation, symbol, free[symbol])
  }
  for (const [symbol, size] of Object.entries(usual)) {
    if (typeof size === 'function' && symbol in free && !(symbol in given)) {
      free[symbol] = size(free)
    }
  }
  return free
}

/** All parameters; those that were not given change where something must hold, the others never. */
function repaired(operation: Operation, free: Sizes, given: Parameters): Parameters {
  const usual = operation.usual?.[0]?.parameters ?? {}
  let values: Parameters = {}
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    const simplest = () => drawParameter(parameter, () => 0, name)
    values = { ...values, [name]: given[name] ?? usual[name] ?? simplest() }
  }
  for (const constraint of operation.constraints ?? []) {
    const mended = constraint.repair(values, free)
    for (const name in given) {
      if (stringify(mended[name]) !== stringify(given[name])) {
        throw forbidden(operation, constraint, values)
      }
    }
    values = mended
  }
  return values
}

/** The free sizes, those that have a bound, and those that follow, in the order of the signature. */
function withBoundSizes(
  operation: Operation,
  free: Sizes,
  parameters: Parameters,
  given: Sizes,
): Sizes {
  const dimensions = Object.entries(operation.dimensions)
  const all: Record<string, number> = { ...free }
  for (const [symbol, dimension] of dimensions) {
    if (dimension.kind !== 'at-least') continue
    const least = Math.max(1, dimension.lower(all, parameters))
    all[symbol] = given[symbol] ?? least + dimension.slack
    if (all[symbol] < least) throw tooSmall(operation, symbol, all[symbol], least)
  }
  for (const [symbol, dimension] of dimensions) {
    if (dimension.kind !== 'derived') continue
    all[symbol] = dimension.size(all, parameters)
    const claimed = given[symbol]
    if (claimed === undefined || claimed === all[symbol]) continue
    const problem = `${symbol}=${claimed} does not follow from the other sizes; they give ${all[symbol]}`
    throw new UsageError(problem, allowedIn(operation, 'size'))
  }
  return Object.fromEntries(dimensions.map(([symbol]) => [symbol, all[symbol]!]))
}

function tooSmall(operation: Operation, symbol: string, size: number, least?: number): UsageError {
  const here = least === undefined ? '' : `, which is ${least} here`
  const range = rangeInWords(operation.dimensions[symbol]!)
  return new UsageError(`${symbol}=${size} is too small: ${range}${here}`, [
    ...allowedIn(operation, 'size'),
  ])
}

function forbidden(
  operation: Operation,
  { argument, says }: Constraint,
  parameters: Parameters,
): UsageError {
  const value = stringify(parameters[argument], 0)
  return new UsageError(`${operation.id}: ${argument} is ${value}; expected ${says}`)
}
