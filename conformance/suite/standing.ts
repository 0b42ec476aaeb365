import { figure } from '../base/text.ts'
import type { Standing } from './schedule.ts'

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
