import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Values } from '../arbitraries/case.ts'
import type { Bench, Comparison } from '../engine/property.ts'
import type { Common, Definition } from './definition.ts'

/** What a clause says of the answers to related questions. */
export interface Law<S extends Space> extends Common {
  /** What its cases are made of: an operation, or a space made for this law. */
  readonly of: S
  /** The operations that are asked; the one of its cases unless told otherwise. */
  readonly asks?: readonly Operation[]
  /** How the elements are drawn: small integers unless told otherwise. */
  readonly values?: Values
  /** Whether it looks at outputs that an implementation may be unable to return; see `Operation.states`. */
  readonly needsStates?: boolean
  /** Two sides that are equal, in any arithmetic. */
  holds<T>(bench: Bench<T, S>): Promise<readonly Comparison<T>[]>
}

/** A property that compares answers of the implementation with each other, or with what is known. */
export function law<S extends Space>(
  name: string,
  {
    of,
    asks,
    values = 'integers',
    title,
    kills,
    share = 1,
    agrees = false,
    needsStates = false,
    holds,
  }: Law<S>,
): Definition {
  const operations = asks ?? (isOperation(of) ? [of] : [])
  if (operations.length === 0) throw new Error(`the law ${name} does not say what it asks`)
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title,
    operations,
    space: of,
    values,
    kills,
    share,
    agrees,
    needsStates,
    examples: [],
    check: { kind: 'comparison', compare: holds as never },
  })
}

/** A law on small integers, to the bit, and on all kinds of numbers, within the bound: two properties. */
export function lawTwice<S extends Space>(
  name: string,
  options: Omit<Law<S>, 'values'>,
  bounded: Partial<Common> = {},
): readonly Definition[] {
  const { title, ...rest } = options
  return [
    law(name, { ...rest, title: `${title}, to the bit` }),
    law(`${name}-bounded`, {
      ...rest,
      title: `${title}, within the bound`,
      ...bounded,
      values: 'reals',
    }),
  ]
}

function isOperation(space: Space): space is Operation {
  return 'id' in space && 'outputs' in space
}
