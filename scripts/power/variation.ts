import { mapValues } from '../../conformance/base/records.ts'
import { toFloat32 } from '../../conformance/engine/fault.ts'
import type { Evaluate } from '../../conformance/engine/implementation.ts'
import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import { type OperationById, type OperationId, operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { asked, type Wrong } from './mistake.ts'

/** Another way to compute an operation, as right as the usual one: no property may object to it. */
export interface Variation {
  readonly id: string
  readonly operation: Operation
  readonly says: string
  readonly evaluate: Evaluate
  /** The accuracy that it declares; that of careful arithmetic unless told otherwise. */
  readonly profile?: AccuracyProfile
}

/** An operation in a way of its own; what it leaves out is computed as usual. */
export function variation<Id extends OperationId>(
  id: Id,
  says: string,
  answer: Wrong<OperationById[Id]>,
  profile?: AccuracyProfile,
): Variation {
  return {
    ...(profile && { profile }),
    id: `${id}: ${says}`,
    operation: operationById(id)!,
    says,
    evaluate: (inputs, parameters) => {
      const the = asked<OperationById[Id]>(id, inputs, parameters)
      const varied = answer(the)
      return mapValues({ ...the.right, ...varied } as never, toFloat32)
    },
  }
}

/** Operations whose formula is evaluated as it stands, in another arithmetic. */
export function evaluatedIn(
  says: string,
  arithmetic: Arithmetic<number>,
  ids: readonly OperationId[],
): readonly Variation[] {
  return ids.map((id) => variation(id, says, (the) => the.in(arithmetic) as never))
}
