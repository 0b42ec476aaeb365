import { operationById, operations } from '../../../spec/index.ts'
import type { Operation, Parameters, Sizes } from '../../../spec/language/operation.ts'
import { UsageError } from '../../base/errors.ts'
import { withNumbers } from '../../base/json.ts'
import { messageOf } from '../../base/message.ts'
import { nearest } from '../../base/nearest.ts'

/**
 * The operation with an id.
 *
 * @throws {UsageError} there is none
 */
export function operationNamed(id: string): Operation {
  const operation = operationById(id)
  if (operation) return operation
  const near = nearest(
    id,
    operations.map((other) => other.id),
  )
  throw new UsageError(`there is no operation ${id}`, [
    ...(near.length > 0 ? ['did you mean', ...near.map((other) => `  ${other}`)] : []),
    'touchstone list --operations shows all of them',
  ])
}

/**
 * Sizes by the letters of their axes, from `N=1,H=56`.
 *
 * @throws {UsageError} it is written otherwise, or says a size twice
 */
export function sizesIn(texts: readonly string[]): Sizes {
  const sizes: Record<string, number> = {}
  for (const part of texts.flatMap((text) => text.split(','))) {
    if (part.trim() === '') continue
    const [, symbol, size] = /^\s*([A-Za-z]\w*)\s*=\s*(\d+)\s*$/.exec(part) ?? []
    if (symbol === undefined || !Number.isSafeInteger(Number(size))) {
      throw new UsageError(`--sizes has '${part.trim()}'`, [
        'write a letter and a whole number for each axis: --sizes N=1,H=56,W=56',
      ])
    }
    if (Object.hasOwn(sizes, symbol)) throw new UsageError(`--sizes has ${symbol} twice`)
    sizes[symbol] = Number(size)
  }
  return sizes
}

/**
 * Parameters by name, from JSON. A number that JSON has no form for is a word, such as `Infinity`.
 *
 * @throws {UsageError} it is no JSON, or no object
 */
export function parametersIn(text: string | undefined): Parameters {
  if (text === undefined) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError('--parameters is no JSON', [
      messageOf(error),
      `write --parameters '{"strides":[1,1],"padding":"same"}'`,
    ])
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('--parameters is no object of parameters by name')
  }
  return withNumbers(value) as Parameters
}
