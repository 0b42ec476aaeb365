import { mapValues } from '../../conformance/base/records.ts'
import { toFloat32 } from '../../conformance/engine/fault.ts'
import type { Evaluate, Inputs, Outputs } from '../../conformance/engine/implementation.ts'
import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { references } from '../../reference/index.ts'
import type { Reference } from '../../reference/reference.ts'
import { type OperationById, type OperationId, operationById } from '../../spec/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, Parameters, ParametersOf, Sizes } from '../../spec/language/operation.ts'

/** What a case must have for a mistake of this kind to show. */
export const kinds = {
  size: 'a size beyond some tile, vector or buffer',
  range: 'a parameter beyond, or at the end of, what is usual',
  shape: 'a particular stride, parity, padding or coincidence of sizes',
  state: 'calls that follow each other',
  numeric: 'numbers on which a careless evaluation loses digits or leaves the range',
  special: 'NaN, infinities, signed zeros, ties, equality with a threshold',
  term: 'nothing but the term that is missing',
  logic: 'nothing but the branch that is wrong',
} as const

export type Kind = keyof typeof kinds

type Arrays<Names> = { readonly [I in keyof Names]: NumberArray<number> }

/** One question to an operation, as a wrong implementation sees it. */
export interface Asked<O extends Operation> {
  readonly inputs: Arrays<O['inputs']>
  readonly parameters: ParametersOf<O>
  /** The sizes of all named axes, those of the outputs among them. */
  readonly sizes: { readonly [S in keyof O['dimensions']]: number }
  /** The right answer, in double precision. */
  readonly right: Arrays<O['outputs']>
  /** The right answer to the same question with some arguments exchanged. */
  but(
    inputs: Partial<Arrays<O['inputs']>>,
    parameters?: { readonly [P in keyof O['parameters']]?: ParametersOf<O>[P] },
  ): Arrays<O['outputs']>
  /** The formula evaluated in an arithmetic that is not exact. */
  in(arithmetic: Arithmetic<number>): Arrays<O['outputs']>
}

/** The outputs that come out wrong; `undefined` where the answer is right. */
export type Wrong<O extends Operation> = (
  the: Asked<O>,
) => Partial<Arrays<O['outputs']>> | undefined

/** How to find a case on which a mistake shows: what is left out is drawn as usual. */
export interface ShownBy {
  readonly sizes?: Sizes
  readonly parameters?: Parameters
  /** Other elements than drawn ones, by input. */
  readonly elements?: Readonly<Record<string, (drawn: number, position: number) => number>>
  /** Elements of all arrays that a case has at least, where sizes above are not the only ones: worked out by hand. */
  readonly fewest?: number
}

/** A wrong implementation of one operation: right but for one mistake. */
export interface Mistake {
  readonly id: string
  readonly operation: Operation
  readonly kind: Kind
  /** What it does wrong, as a sentence without its subject. */
  readonly says: string
  readonly shownBy: ShownBy
  /** The wrong implementation, which remembers nothing of any other. */
  make(): Evaluate
}

/** A mistake that depends on nothing but the question. */
export function mistake<Id extends OperationId>(
  id: Id,
  kind: Kind,
  says: string,
  wrong: Wrong<OperationById[Id]>,
  shownBy: ShownBy = {},
): Mistake {
  return lasting(id, kind, says, () => wrong, shownBy)
}

/** A mistake that depends on what was asked before. */
export function lasting<Id extends OperationId>(
  id: Id,
  kind: Kind,
  says: string,
  begin: () => Wrong<OperationById[Id]>,
  shownBy: ShownBy = {},
): Mistake {
  return careless(
    id,
    kind,
    says,
    () => {
      const wrong = begin()
      return (inputs, parameters) => {
        const the = asked<OperationById[Id]>(id, inputs, parameters)
        const spoilt = wrong(the)
        return mapValues({ ...the.right, ...spoilt } as never, toFloat32)
      }
    },
    shownBy,
  )
}

/** A mistake in how arrays are handed over: in buffers that are shared, or written into. */
export function careless<Id extends OperationId>(
  id: Id,
  kind: Kind,
  says: string,
  make: () => Evaluate,
  shownBy: ShownBy = {},
): Mistake {
  const operation = operationById(id)!
  return { id: `${id}: ${says}`, operation, kind, says, shownBy, make }
}

/** The right answer of an operation, in double precision and rounded once. */
export function rightly(operation: Operation): Evaluate {
  return (inputs, parameters): Outputs =>
    mapValues(asked(operation.id, inputs, parameters).right, toFloat32)
}

/** Right answers, of which one output is added to that of the call before, when shapes are the same. */
export function addingUp(operation: Operation, output: string): Evaluate {
  const right = rightly(operation)
  const before = new Map<string, Outputs[string]['data']>()
  return async (inputs, parameters) => {
    const answer = await right(inputs, parameters)
    const own = answer[output]!
    const key = own.shape.join()
    const sum = Float32Array.from(own.data, (v, at) => v + (before.get(key)?.[at] ?? 0))
    before.set(key, own.data)
    return { ...answer, [output]: { ...own, data: sum } }
  }
}

/** A question, once its arguments are seen to be valid: what is to be rejected is rejected by all. */
export function asked<O extends Operation>(
  id: string,
  given: Inputs,
  parameters: Parameters,
): Asked<O> {
  const operation = operationById(id)!
  const sizes = checkArguments(operation, given, parameters)
  const inputs = mapValues(given, (tensor) => lift(number, tensor))
  const reference = references[id as OperationId] as unknown as Reference<Operation>
  const evaluate = (arithmetic: Arithmetic<number>, more: object = {}, others: object = {}) =>
    reference(arithmetic, { ...inputs, ...more }, { ...parameters, ...others } as never)
  let right: ReturnType<typeof evaluate> | undefined
  return {
    inputs,
    parameters,
    sizes,
    get right() {
      right ??= evaluate(number)
      return right
    },
    but: (more: object, others?: object) => evaluate(number, more, others),
    in: (arithmetic: Arithmetic<number>) => evaluate(arithmetic),
  } as never
}
