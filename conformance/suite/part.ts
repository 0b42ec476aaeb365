import { givingWay } from '../base/breath.ts'
import { messageOf } from '../base/message.ts'
import { forgetPlans } from '../engine/cases.ts'
import type { Implementation } from '../engine/implementation.ts'
import { forgetRight } from '../engine/right.ts'
import { forgetLongSums } from '../kit/spread-errors.ts'
import { type Findings, findOnEach, type SuiteManyOptions } from './clauses.ts'

/** What came of some of the clauses of a run, on one implementation. */
export interface Part extends Findings {
  /** What was seen to do the work instead of its device, or `null`. */
  readonly mismatch: string | null
}

/**
 * Checks clauses that are a run or a part of one on several implementations; the part of each, in its place. What was
 * kept from one property to the next is dropped in the end: other parts have no use of it, and it fills the memory.
 */
export async function runPart(options: SuiteManyOptions): Promise<readonly Part[]> {
  const guarded = options.implementations.map(watched)
  const implementations = guarded.map(({ implementation }) => implementation)
  try {
    const found = await findOnEach({ ...options, implementations })
    return found.map((findings, i) => ({ ...findings, mismatch: guarded[i]!.mismatch() }))
  } finally {
    forgetPlans()
    forgetRight()
    forgetLongSums()
  }
}

/**
 * The same implementation, but one whose device turns out not to do the work does not end the run:
 * what was observed is kept, and nothing that it answers from then on is taken for an answer.
 */
function watched(implementation: Implementation) {
  let mismatch: string | null = null
  const operations = Object.fromEntries(
    Object.entries(implementation.operations).map(([id, evaluate]) => {
      const guarded: typeof evaluate = (inputs, parameters) => {
        if (mismatch !== null) throw new Error(mismatch)
        const pause = breather()
        return pause === null
          ? evaluate(inputs, parameters)
          : pause.then(() => evaluate(inputs, parameters))
      }
      return [id, guarded]
    }),
  )
  const assertDevice = () => {
    try {
      implementation.assertDevice?.()
    } catch (error) {
      mismatch ??= messageOf(error)
    }
  }
  return {
    implementation: { ...implementation, operations, assertDevice } satisfies Implementation,
    mismatch: () => mismatch,
  }
}

let lastBreath = 0

/**
 * Lets the process attend to signals and streams now and then, which an implementation that answers
 * at once would keep from it for as long as the run lasts.
 */
function breather(): Promise<void> | null {
  const now = performance.now()
  if (now - lastBreath < 50) return null
  lastBreath = now
  return givingWay()
}
