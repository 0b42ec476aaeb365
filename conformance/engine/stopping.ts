import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import { figure } from '../base/text.ts'
import { reasonsIn } from './declined.ts'
import { highestFloor } from './floor.ts'
import type { Implementation } from './implementation.ts'
import type { Plan } from './plan.ts'
import type { Property } from './property.ts'
import type { Tally } from './tally.ts'
import { fails, isFinal, type Trial } from './trial.ts'
import type { Verdict } from './verdict.ts'

/**
 * At most nine of ten drawn cases may be discarded. What remains is then the tenth of the cases that
 * are best conditioned, and no longer speaks for the domain of the clause.
 */
const discardedPerCase = 9

/**
 * How many cases may be open where so many are wanted: at least every second one is to say something. Where each does
 * with a chance of one half, the open ones until `asked` others were had vary by √(2 asked) (a negative binomial
 * distribution), and three times that is what luck alone exceeds in one run of seven hundred. Of a few cases
 * a share says nothing, so that 30 may be open at any rate.
 */
function mostOpen(asked: number): number {
  return Math.max(30, asked + 3 * Math.sqrt(2 * asked))
}

export const timeOver = 'the time given was over'

/** What a verdict says of how coarse numbers are, where that is most of why nothing can be told. */
function within(precision: Precision): string {
  const { operandBits } = formats[precision]
  return operandBits < formats.float32.operandBits
    ? `in the ${operandBits} bits of ${precision}, `
    : ''
}

const tooManyDiscarded = 'too many cases were too ill-conditioned to tell'
const tooManyOpen = (precision: Precision) =>
  `${within(precision)}the bounds of too many cases are as wide as what they bound`
const saysTooLittle = (elements: string, floor: number, precision: Precision) =>
  floor === Number.POSITIVE_INFINITY
    ? 'half of the cases had nothing to compare, or nothing that an error would show in; more cases may'
    : `${within(precision)}an error of ${elements} below ${figure(floor)} of it would go unnoticed in half of the cases`

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
  tally: Tally,
  { runs, examples }: Plan,
  precision: Precision,
): Verdict | null {
  const { discarded, open } = tally
  if (trial === undefined || trial.result === 'interrupted') return null
  if (trial.result === 'not-run') return { outcome: 'not-run', reason: trial.reason }
  const asked = runs + examples.length
  if (open > mostOpen(asked)) return inconclusive(tally, tooManyOpen(precision))
  return discarded > discardedPerCase * asked ? inconclusive(tally, tooManyDiscarded) : null
}

/** What kept a property from its last cases. */
export interface Shortage {
  /** How many of them are left. */
  readonly left: number
  readonly reason: string
  /** Whether one of them was begun. */
  readonly isBegun: boolean
  /** Whether it may conform on fewer, since the time was limited by the one who asked. */
  readonly mayConform: boolean
}

/** The verdict where no case failed, and nothing more is tried. */
export function verdictOfEnd(
  tally: Tally,
  { left, reason, isBegun, mayConform }: Shortage,
  { precision, profile }: Pick<Implementation, 'precision' | 'profile'>,
  { statedFloor = () => 0 }: Pick<Property, 'statedFloor'>,
): Verdict {
  const { cases, discarded, open, worstUtilization, declines, floors } = tally
  if (left > 0 && !(mayConform && cases > 0)) {
    return isBegun || cases + discarded + open + declines.count > 0
      ? { outcome: 'interrupted', cases, reason }
      : { outcome: 'not-run', reason }
  }
  // A pass that a gross error would have been, too, is none.
  const { floor } = floors
  // What costs accuracy and is declared is bounded by norms, which no small element shows.
  const { shortcuts = [] } = profile
  const stated = statedFloor(profile)
  const [elements, told] =
    shortcuts.length > 0 || stated > 0 ? ['all elements', floor?.all] : ['one element', floor?.one]
  if (told !== undefined && told > Math.max(stated, highestFloor(precision, shortcuts))) {
    // Of a few cases it is a matter of luck what they tell: more of them may tell enough.
    if (left > 0) {
      return {
        outcome: 'interrupted',
        cases,
        reason: `${reason} before cases enough told anything`,
      }
    }
    return inconclusive(tally, saysTooLittle(elements, told, precision))
  }
  if (cases > 0) {
    return { outcome: 'conforms', cases, worstUtilization, ...(left > 0 && { left }) }
  }
  if (open > 0) return inconclusive(tally, tooManyOpen(precision))
  if (discarded > 0) return inconclusive(tally, tooManyDiscarded)
  const { declined } = declines
  return declined === null
    ? { outcome: 'not-run', reason: 'no case was asked for' }
    : { outcome: 'declined', reason: `it takes none of the cases: ${reasonsIn(declined)}` }
}

function inconclusive({ cases, discarded, open }: Tally, reason: string): Verdict {
  return { outcome: 'inconclusive', cases, discarded, open, reason }
}
