import { figure } from '../base/text.ts'

/** How far a run is. */
export interface Standing {
  readonly cases: number
  readonly casesLeft: number
  /** Properties that failed so far. */
  readonly failed: number
  /** By what each property took for its latest cases; `null` before anything is known. */
  readonly secondsLeft: number | null
  /** What is left of a limited time; `null` without a limit. */
  readonly secondsGiven: number | null
}

export const noStanding: Standing = {
  cases: 0,
  casesLeft: 0,
  failed: 0,
  secondsLeft: null,
  secondsGiven: null,
}

/** Of the cases that are left, the share that must be through before the time that they take is guessed. */
const leastTold = 0.01

/** How far a run is after so many milliseconds: what was tried, how fast, what is left. */
export function standingOf(standing: Standing, milliseconds: number): string {
  const { cases, casesLeft, failed, secondsGiven } = standing
  // Until the time that all takes can be guessed, a limit says when it ends at the latest.
  const secondsLeft = cases < leastTold * casesLeft ? secondsGiven : standing.secondsLeft
  const rate = milliseconds > 0 ? Math.round((1000 * cases) / milliseconds) : 0
  return [
    `${figure(cases)} of ${figure(cases + casesLeft)} cases`,
    `${figure(rate)} a second`,
    ...(secondsLeft === null
      ? []
      : [casesLeft === 0 ? 'finishing' : `${duration(secondsLeft)} left`]),
    ...(failed === 0
      ? []
      : [`${figure(failed)} ${failed === 1 ? 'property fails' : 'properties fail'}`]),
  ].join(', ')
}

function duration(seconds: number): string {
  return seconds < 99.5 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
