import { figure, onDevice, plural, visible } from '../base/text.ts'
import { conformingIn } from '../report/totals.ts'
import type { ProgressEvent } from '../suite/clauses.ts'
import { standingOf } from '../suite/standing.ts'
import type { Restored } from './messages.ts'
import { fails, type State } from './state.ts'

/** What keeps a run from going on: a pause, or its end while it is asked for. */
export type Halt = 'Paused' | 'Stopping' | null

/** How far a run is, on which device, and what may be done about it. */
export function Status({
  state,
  halt,
  onPause,
  onStop,
}: {
  readonly state: State
  readonly halt: Halt
  readonly onPause: () => void
  readonly onStop: () => void
}) {
  const { phase, settings, opened, progress, failure, started } = state
  if (phase === 'idle') return null
  const goesOn = phase === 'running' || phase === 'opening'
  return (
    <section aria-label="Progress" class="status">
      {opened !== null && (
        <p>
          <b>
            {visible(opened.name)} {visible(opened.version)}
          </b>{' '}
          {visible(onDevice(opened.device))}
        </p>
      )}
      {opened !== null && <Parts {...opened} limit={settings?.seconds ?? null} />}
      {progress !== null && <progress {...barOf(state, progress)} />}
      <p role="status">{inWords(state, halt)}</p>
      {goesOn && progress !== null && halt !== 'Stopping' && (
        <p class="dim standing">
          {standingOf(progress, performance.now() - started + 1000 * secondsBefore(state))},{' '}
          {progress.clause}
        </p>
      )}
      {failure !== null && (
        <p class="bad" role="alert">
          {visible(failure.message)}
          {failure.hint !== '' && `: ${visible(failure.hint)}`}
        </p>
      )}
      {goesOn && (
        <p class="buttons">
          <button type="button" disabled={halt === 'Stopping'} onClick={onPause}>
            {halt === 'Paused' ? 'Go on' : 'Pause'}
          </button>
          <button type="button" disabled={halt === 'Stopping'} onClick={onStop}>
            Stop, and report what was done
          </button>
        </p>
      )}
    </section>
  )
}

function inWords({ phase, progress, finished, report }: State, halt: Halt): string {
  if (phase === 'opening') return 'Opening the device…'
  if (phase === 'failed') return 'It could not go on.'
  const failing = finished.filter(({ properties }) => properties.some(fails))
  const of =
    progress === null ? '' : `${figure(progress.done)} of ${plural(progress.total, 'clause')} done`
  const wrong = failing.length === 0 ? '' : `, ${plural(failing.length, 'clause')} with a failure`
  if (report !== null) return `Done: ${conformingIn(report)}${wrong}`
  return `${halt === null ? '' : `${halt}: `}${of}${wrong}`
}

/** How much is done, of the cases or of the time that is given, whichever is nearer to its end. */
function barOf({ settings, report }: State, { cases, casesLeft, secondsGiven }: ProgressEvent) {
  const limit = settings?.seconds ?? null
  if (limit === null || secondsGiven === null) {
    return { 'aria-label': 'Cases', value: cases, max: Math.max(1, cases + casesLeft) }
  }
  const share = Math.max(cases / Math.max(1, cases + casesLeft), 1 - secondsGiven / limit)
  return { 'aria-label': 'Time and cases', value: report === null ? share : 1, max: 1 }
}

/** What decides the results, and what need not be done again. */
function Parts({
  versions,
  restored,
  limit,
}: Pick<NonNullable<State['opened']>, 'versions' | 'restored'> & {
  readonly limit: number | null
}) {
  const parts = Object.entries(versions).filter(([name]) => name !== 'browser')
  return (
    <p class="dim">
      {parts.map(([name, version]) => `${visible(name)} ${visible(version)}`).join(', ')}
      {restored !== null &&
        `. It took up where it was when the page was closed: ${tookUp(restored, limit)}.`}
    </p>
  )
}

/** What was done before, in words. */
function tookUp({ clauses, cases, seconds }: Restored, limit: number | null): string {
  return limit === null
    ? `${plural(clauses, 'clause')} done`
    : `${plural(cases, 'case')} tried in ${Math.ceil(seconds)} of ${plural(limit, 'second')}`
}

/** Where time is limited, cases that were tried before count, and so does their time. */
const secondsBefore = ({ settings, opened }: State) =>
  settings?.seconds == null ? 0 : (opened?.restored?.seconds ?? 0)
