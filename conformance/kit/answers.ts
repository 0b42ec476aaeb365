import { checkArguments } from '../../spec/language/check.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import type { Fault } from '../engine/fault.ts'
import type { Property } from '../engine/property.ts'
import { byClause } from './by-clause.ts'
import { lenient } from './faults.ts'
import { law } from './law.ts'

/** A few cases tell an answer from one that says nothing. */
const share = 0.1

/**
 * The same properties, and for every operation that a clause asks without comparing it with the
 * reference, one that does on a few cases: many a law holds of answers that say nothing, such as zeros.
 */
export function withAnswers(properties: readonly Property[]): readonly Property[] {
  const together = byClause(properties)
  return properties.flatMap((property, at) => {
    if (properties[at + 1]?.clause === property.clause) return [property]
    const ofClause = together.get(property.clause)!
    const compared = new Set(
      ofClause.flatMap(({ agrees, operations }) => (agrees ? [...operations] : [])),
    )
    const asked = new Set(ofClause.flatMap(({ operations }) => operations))
    const left = [...asked].filter((operation) => !compared.has(operation))
    return [property, ...left.map((operation) => answers(operation)(property.clause))]
  })
}

/** The name of the property that compares an operation with the reference on a few cases. */
export function answersName({ id }: Operation): string {
  const [, name] = id.split('.') as [string, string]
  return `${name}-answers`
}

function answers(operation: Operation) {
  return law(answersName(operation), {
    of: operation,
    values: 'reals',
    title: `on a few cases ${operation.id} is within the derived bound of the reference`,
    kills: [zerosOf(operation)],
    share,
    async holds({ answer, expected, inputs, parameters }) {
      const given = await answer(operation, inputs as never, parameters as never)
      const right = expected(operation, inputs as never, parameters as never)
      return Object.keys(given).map((output) => ({
        label: output,
        expected: right[output]!,
        actual: given[output]!,
      }))
    },
  })
}

const zeros = new Map<Operation, Fault>()

/** Zeros of the right shape, as of a kernel that never ran. */
function zerosOf(operation: Operation): Fault {
  const known = zeros.get(operation)
  if (known !== undefined) return known
  const fault = lenient(operation, 'gives zeros', (inputs, parameters) => {
    const sizes = checkArguments(operation, inputs, parameters)
    return mapValues(operation.outputs, ({ axes }) => {
      const shape = axes.map((symbol) => sizes[symbol]!)
      return { dtype: 'float32', shape, data: new Float32Array(elements(shape)) } as const
    })
  })
  zeros.set(operation, fault)
  return fault
}
