import { messageOf } from '../base/message.ts'
import type { Checked } from '../engine/candidate.ts'
import type { Errored } from '../engine/verdict.ts'

/** What goes wrong outside of any case, such as where cases are drawn, ends this property alone. */
export function defectOf(thrown: unknown): Checked {
  return withoutCases({
    kind: 'defect',
    reason: `this is a defect of touchstone: ${messageOf(thrown)}`,
    defect: (thrown instanceof Error ? thrown.stack : undefined) ?? messageOf(thrown),
  })
}

/** What came of a property that ended the process in which it was tried. */
export function crashOf(ending: string): Checked {
  return withoutCases({ kind: 'failed', reason: `the process that tried it ended: ${ending}` })
}

/** What came of a property that failed before a run was broken off, and not when it went on. */
export function failedOnce(): Checked {
  const reason = 'a case failed before the run was broken off, and was not seen to fail again'
  return withoutCases({ kind: 'failed', reason })
}

function withoutCases(what: Pick<Errored, 'kind' | 'reason' | 'defect'>): Checked {
  return {
    verdict: { outcome: 'errored', ...what, cases: 0, capsule: null, replay: null },
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
