import { figure } from '../base/text.ts'
import type { Standing } from './schedule.ts'

/** Of the cases that are left, the share that must be through before the time that they take is guessed. */
const leastTold = 0.01

/** How far a run is after so many milliseconds: what was tried, how fast, what is left. */
export function standingOf(standing: Standing, milliseconds: number): string {
  const { cases, casesLeft, secondsLeft, failed } = standing
  const rate = milliseconds > 0 ? Math.round((1000 * cases) / milliseconds) : 0
  return [
    `${figure(cases)} of ${figure(cases + casesLeft)} cases`,
    `${figure(rate)} a second`,
    ...(secondsLeft === null || cases < leastTold * casesLeft
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
