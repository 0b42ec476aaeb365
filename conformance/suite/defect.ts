import { messageOf } from '../base/message.ts'
import type { Checked } from '../engine/candidate.ts'

/** What goes wrong outside of any case, such as where cases are drawn, ends this property alone. */
export function defectOf(thrown: unknown): Checked {
  return {
    verdict: {
      outcome: 'errored',
      kind: 'defect',
      cases: 0,
      reason: `this is a defect of touchstone: ${messageOf(thrown)}`,
      defect: (thrown instanceof Error ? thrown.stack : undefined) ?? messageOf(thrown),
      capsule: null,
      replay: null,
    },
    utilizations: [],
    byAdjoints: [],
    floor: null,
    classes: {},
    covered: {},
    declined: null,
    discarded: 0,
    open: 0,
    seconds: 0,
  }
}
