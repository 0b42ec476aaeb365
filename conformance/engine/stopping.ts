import type { Plan } from './plan.ts'
import type { Tally } from './tally.ts'
import { fails, isFinal, type Trial } from './trial.ts'
import type { Verdict } from './verdict.ts'

/**
 * At most nine of ten drawn cases may be discarded. What remains is then the tenth of the cases that
 * are best conditioned, and no longer speaks for the domain of the clause.
 */
const discardedPerCase = 9

export const timeOver = 'the time given was over'

const tooMany = 'too many cases were too ill-conditioned to tell'

/**
 * After so many failing cases no more are tried. One mistake must not hide another, but what fails
 * nearly everywhere is asked again and again at no gain.
 */
export const mostFailing = 32

/** Whether no case is tried after one that came out like this. */
export function isLast(trial: Trial, { untilFirst }: Plan): boolean {
  return isFinal(trial) || (untilFirst && fails(trial))
}

/** The verdict where trying has to stop without a failure; `null` where it goes on. */
export function verdictOfStopping(
  trial: Trial | undefined,
  { cases, discarded }: Tally,
  { runs, examples }: Plan,
): Verdict | null {
  if (trial === undefined || trial.result === 'interrupted') {
    return { outcome: 'interrupted', cases, reason: timeOver }
  }
  if (trial.result === 'not-run') return { outcome: 'not-run', reason: trial.reason }
  return discarded > discardedPerCase * (runs + examples.length)
    ? { outcome: 'inconclusive', cases, discarded, reason: tooMany }
    : null
}

/** The verdict where no case failed, and so many were left when nothing more could be tried. */
export function verdictOfEnd(tally: Tally, left: number, reason: string): Verdict {
  const { cases, discarded, worstUtilization } = tally
  if (left > 0) {
    return cases + discarded > 0
      ? { outcome: 'interrupted', cases, reason }
      : { outcome: 'not-run', reason }
  }
  if (cases > 0) return { outcome: 'conforms', cases, worstUtilization }
  return discarded > 0
    ? { outcome: 'inconclusive', cases, discarded, reason: tooMany }
    : { outcome: 'not-run', reason: 'no case was asked for' }
}
