import { operations } from '../../spec/index.ts'
import { UsageError } from '../base/errors.ts'
import { nearest } from '../base/nearest.ts'
import { problemWithSupports } from '../engine/domain.ts'
import type { Implementation } from '../engine/implementation.ts'
import { problemWithStateless } from '../engine/stateless.ts'
import { problemWithDeclared } from './declared.ts'

/**
 * What a module exports, once it is seen to be an implementation.
 *
 * @throws {UsageError} it is none, and why
 */
export function checked(value: unknown, specifier: string): Implementation {
  const wrong = (problem: string, ...advice: readonly string[]) =>
    new UsageError(`${specifier} is no implementation: ${problem}`, advice)
  const like = 'export default defineImplementation({ name: …, operations: { … } })'
  if (value === undefined) throw wrong('it has no default export', like)
  if (value === null || typeof value !== 'object') throw wrong(`it exports ${String(value)}`, like)
  const { name, operations: provided, profile, precision } = value as Partial<Implementation>
  if (typeof name !== 'string' || name === '') throw wrong('it has no name', like)
  if (provided === null || typeof provided !== 'object') throw wrong('it has no operations', like)
  if (typeof profile !== 'object' || typeof precision !== 'string') {
    throw wrong('it was not made by defineImplementation', like)
  }
  const known = operations.map(({ id }) => id as string)
  for (const [id, evaluate] of Object.entries(provided)) {
    if (!known.includes(id)) {
      const near = nearest(id, known)
      throw wrong(
        `there is no operation ${id}`,
        ...(near.length > 0 ? ['did you mean', ...near.map((candidate) => `  ${candidate}`)] : []),
      )
    }
    if (typeof evaluate !== 'function') throw wrong(`${id} is no function`)
  }
  const { supports = {}, stateless = {} } = value as Implementation
  const problem =
    problemWithDeclared(value) ?? problemWithSupports(supports) ?? problemWithStateless(stateless)
  if (problem !== null) throw wrong(problem)
  return value as Implementation
}
