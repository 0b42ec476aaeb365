import { operationById } from '../../spec/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import { inWords } from '../../spec/language/in-words.ts'
import type { Operation, Sizes } from '../../spec/language/operation.ts'
import { integer } from '../../spec/language/parameter.ts'
import { isAbsent } from '../../spec/language/tensor.ts'
import type { Question } from '../base/question.ts'
import { isRange, outside } from '../protocol/ranges.ts'
import type { Implementation } from './implementation.ts'

/** What is said where a predicate gives no reason. */
const unexplained = 'what it does not declare to take'

/**
 * Why an implementation declares that it does not take a question; `null` where it does, or says nothing.
 *
 * Arguments that the signature forbids are to be rejected by the implementation itself, unless one of
 * them is outside of a declared range. A predicate is asked of valid arguments only.
 */
export function declinedBy(
  { supports }: Pick<Implementation, 'supports'>,
  { operation, inputs, parameters }: Question,
): string | null {
  const support = supports?.[operation.id]
  if (support === undefined) return null
  if (typeof support !== 'function') {
    const absent = absentFrom(operation, inputs)
    return outside(support, operation, { sizes: sizesIn(operation, inputs), parameters, absent })
  }
  let sizes: Sizes
  try {
    sizes = checkArguments(operation, inputs, parameters)
  } catch (error) {
    if (error instanceof ArgumentError) return null
    throw error
  }
  const taken = support({ sizes, inputs, parameters })
  return taken === true ? null : typeof taken === 'string' ? taken : unexplained
}

/** The sizes that arrays tell and agree on, valid or not. */
function sizesIn({ inputs: described }: Operation, inputs: Question['inputs']): Sizes {
  const sizes: Record<string, number> = {}
  const contradicted = new Set<string>()
  for (const [name, { axes }] of Object.entries(described)) {
    const shape = inputs[name]?.shape
    if (shape?.length !== axes.length) continue
    for (const [i, symbol] of axes.entries()) {
      if ((sizes[symbol] ?? shape[i]) !== shape[i]) contradicted.add(symbol)
      sizes[symbol] = shape[i]!
    }
  }
  for (const symbol of contradicted) delete sizes[symbol]
  return sizes
}

/** The arrays of an operation that are left out of a question. */
function absentFrom(operation: Operation, inputs: Question['inputs']): readonly string[] {
  return Object.keys(operation.inputs).filter(
    (name) => inputs[name] === undefined || isAbsent(inputs[name]),
  )
}

/** A size, as far as its range is concerned. */
const size = integer({ min: 0, upTo: 0 })

/** What is wrong with the arrays that are said to be left out always. */
function problemWithAbsent({ id, inputs }: Operation, absent: unknown): string | null {
  const optional = Object.keys(inputs).filter((name) => inputs[name]!.optional)
  const isList = Array.isArray(absent) && absent.every((name) => optional.includes(name))
  if (isList) return null
  const expected = optional.length === 0 ? 'none' : optional.join(', ')
  return `supports: ${id} cannot have ${JSON.stringify(absent)} left out; expected a list of ${expected}`
}

/** What is wrong with what an implementation declares to take, in words; `null` when nothing is. */
export function problemWithSupports(supports: Readonly<Record<string, unknown>>): string | null {
  for (const [id, support] of Object.entries(supports)) {
    const operation = operationById(id)
    if (operation === undefined) return `supports: there is no operation ${id}`
    if (typeof support === 'function') continue
    if (support === null || typeof support !== 'object') {
      return `supports: ${id} has neither ranges nor a predicate`
    }
    for (const [part, ranges] of Object.entries(support)) {
      if (part === 'absent') {
        const problem = problemWithAbsent(operation, ranges)
        if (problem !== null) return problem
        continue
      }
      if (part !== 'sizes' && part !== 'parameters') {
        return `supports: ${id} has sizes, parameters and absent, and no ${part}`
      }
      const known = part === 'sizes' ? operation.dimensions : operation.parameters
      for (const [name, range] of Object.entries(ranges ?? {})) {
        if (!Object.hasOwn(known, name)) {
          return `supports: ${id} has no ${part === 'sizes' ? 'size' : 'parameter'} ${name}, only ${Object.keys(known).join(', ')}`
        }
        const parameter = part === 'sizes' ? size : operation.parameters[name]!
        if (!isRange(range, parameter)) {
          return `supports: ${id} has no values of ${name} within ${JSON.stringify(range)}; expected ${inWords(parameter)}, or min, max, multipleOf or anyOf`
        }
      }
    }
  }
  return null
}
