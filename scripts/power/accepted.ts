import { checkProperties } from '../../conformance/engine/check.ts'
import { operations } from '../../spec/index.ts'
import { isNoticed, propertiesAsking, references, rightBut, type Trying } from './notice.ts'
import { nullKernelsOf } from './nulls.ts'

/** Null kernels of an operation that every property of a clause that asks it takes for right. */
export interface Accepted {
  readonly clause: string
  readonly operation: string
  readonly gives: readonly string[]
}

export interface NullKernelsTried {
  readonly kernels: number
  /** Those that no clause notices. */
  readonly unnoticed: readonly string[]
  readonly accepted: readonly Accepted[]
}

/** Tries every null kernel of every operation that matches on each clause that asks the operation. */
export async function tryNullKernels(
  matches: (operation: string) => boolean,
  { runs, seed }: Trying,
): Promise<NullKernelsTried> {
  const accepted: Accepted[] = []
  const unnoticed: string[] = []
  let kernels = 0
  for (const operation of operations.filter(({ id }) => matches(id))) {
    const nulls = Object.entries(nullKernelsOf(operation))
    const candidates = nulls.map(([says, evaluate]) => ({
      implementation: rightBut(says, { [operation.id]: evaluate }),
      ...{ runs, deadline: null, kept: [], shrink: false, intermediates: false },
      untilFirst: true,
    }))
    kernels += nulls.length
    const passed = new Map<string, readonly boolean[]>()
    for (const property of propertiesAsking(operation.id)) {
      const checked = await checkProperties(property, candidates, references, seed)
      const before = passed.get(property.clause) ?? nulls.map(() => true)
      passed.set(
        property.clause,
        checked.map(({ verdict }, i) => before[i] && !isNoticed(verdict.outcome)),
      )
    }
    for (const [clause, through] of passed) {
      const gives = nulls.filter((_, i) => through[i]).map(([says]) => says)
      if (gives.length > 0) accepted.push({ clause, operation: operation.id, gives })
    }
    for (const [i, [says]] of nulls.entries()) {
      const everywhere = [...passed.values()].every((through) => through[i])
      if (everywhere) unnoticed.push(`${operation.id} gives ${says}`)
    }
  }
  return { kernels, unnoticed, accepted }
}
