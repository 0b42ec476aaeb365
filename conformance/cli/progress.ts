import { type Terminal, terminalOn } from '../base/terminal.ts'
import { figure } from '../base/text.ts'
import type { ProgressEvent } from '../suite/clauses.ts'

/** Where nobody watches, how often a line is left, in milliseconds. */
const lineEvery = 10_000

/** Where a run is: one line that is written over where a person watches, else a line now and then. */
export function progressOn(stream: NodeJS.WriteStream): {
  readonly show: (event: ProgressEvent) => void
  readonly end: () => void
} {
  const terminal = terminalOn(stream)
  return stream.isTTY ? movingOn(terminal) : linesOn(terminal)
}

function movingOn(terminal: Terminal) {
  const started = performance.now()
  const clear = '\r\u001b[2K'
  const show = (event: ProgressEvent) => {
    const line = `${standingOf(event, performance.now() - started)}, ${event.clause}`
    terminal.write(clear + terminal.style('dim', line.slice(0, terminal.columns - 1)))
  }
  return { show, end: () => terminal.write(clear) }
}

function linesOn(terminal: Terminal) {
  const started = performance.now()
  let last = started
  const show = (event: ProgressEvent) => {
    const now = performance.now()
    if (now - last < lineEvery) return
    last = now
    terminal.write(`${standingOf(event, now - started)}\n`)
  }
  return { show, end: () => void (last > started && terminal.write('\n')) }
}

/** How far a run is after so many milliseconds: what was tried, how fast, what is left. */
export function standingOf(event: ProgressEvent, milliseconds: number): string {
  const { cases, casesLeft, secondsLeft, failed } = event
  const rate = milliseconds > 0 ? Math.round((1000 * cases) / milliseconds) : 0
  return [
    `${figure(cases)} of ${figure(cases + casesLeft)} cases`,
    `${figure(rate)} a second`,
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
    ...(failed === 0
      ? []
      : [`${figure(failed)} ${failed === 1 ? 'property fails' : 'properties fail'}`]),
  ].join(', ')
}

function duration(seconds: number): string {
  return seconds < 99.5 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
