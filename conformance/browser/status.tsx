import { figure, onDevice, plural, visible } from '../base/text.ts'
import { conformingIn } from '../report/totals.ts'
import { standingOf } from '../suite/standing.ts'
import { fails, type State } from './state.ts'

/** How far a run is, on which device, and what may be done about it. */
export function Status({
  state,
  paused,
  onPause,
  onStop,
}: {
  readonly state: State
  readonly paused: boolean
  readonly onPause: () => void
  readonly onStop: () => void
}) {
  const { phase, opened, progress, failure, started } = state
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
      {opened !== null && <Parts versions={opened.versions} restored={opened.restored} />}
      {progress !== null && (
        <progress
          aria-label="Cases"
          value={progress.cases}
          max={Math.max(1, progress.cases + progress.casesLeft)}
        />
      )}
      <p role="status">{inWords(state, paused)}</p>
      {goesOn && progress !== null && (
        <p class="dim standing">
          {standingOf(progress, performance.now() - started)}, {progress.clause}
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
          <button type="button" onClick={onPause}>
            {paused ? 'Go on' : 'Pause'}
          </button>
          <button type="button" onClick={onStop}>
            Stop, and report what was done
          </button>
        </p>
      )}
    </section>
  )
}

function inWords({ phase, progress, finished, report }: State, paused: boolean): string {
  if (phase === 'opening') return 'Opening the device…'
  if (phase === 'failed') return 'It could not go on.'
  const failing = finished.filter(({ properties }) => properties.some(fails))
  const of =
    progress === null ? '' : `${figure(progress.done)} of ${plural(progress.total, 'clause')} done`
  const wrong = failing.length === 0 ? '' : `, ${plural(failing.length, 'clause')} with a failure`
  if (report !== null) return `Done: ${conformingIn(report)}${wrong}`
  return `${paused ? 'Paused: ' : ''}${of}${wrong}`
}

/** What decides the results, and what need not be done again. */
function Parts({
  versions,
  restored,
}: {
  versions: Readonly<Record<string, string>>
  restored: number
}) {
  const parts = Object.entries(versions).filter(([name]) => name !== 'browser')
  return (
    <p class="dim">
      {parts.map(([name, version]) => `${visible(name)} ${visible(version)}`).join(', ')}
      {restored > 0 &&
        `. It took up where it was when the page was closed: ${plural(restored, 'clause')} done.`}
    </p>
  )
}
