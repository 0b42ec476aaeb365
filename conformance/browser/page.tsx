/// <reference lib="dom" />
import { render } from 'preact'
import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import { messageOf } from '../base/message.ts'
import { Form } from './form.tsx'
import type { FromWorker } from './messages.ts'
import { Results } from './results.tsx'
import { prepare, Runner } from './runner.ts'
import { fromHash, type Settings, toHash, usual } from './settings.ts'
import { after, nothingYet } from './state.ts'
import { type Halt, Status } from './status.tsx'

/** Shows the page. */
export function start(): void {
  render(<Page />, document.querySelector('main')!)
}

function Page() {
  const [[asked, problem], ask] = useState(settingsHere)
  const [state, dispatch] = useReducer(after, nothingYet)
  const [halt, setHalt] = useState<Halt>(null)
  const runner = useRef<Runner | null>(null)
  const begin = (settings: Settings, module: string | null) => {
    history.replaceState(null, '', toHash(settings))
    const take = (message: FromWorker) => dispatch(message)
    runner.current = new Runner(settings, module, take)
    dispatch({ kind: 'begun', settings })
    setHalt(null)
    void runner.current.start()
  }
  useEffect(() => {
    const { title } = document
    if (state.phase !== 'opening' && state.phase !== 'running') prepare()
    // On a phone it is below the form, and grows once there is something to tell.
    if (state.phase === 'opening' || state.phase === 'running') {
      document.querySelector('.status')?.scrollIntoView({ block: 'nearest' })
    }
    if (state.phase === 'done') document.title = `Done: ${title.replace(/^Done: /, '')}`
  }, [state.phase])
  const goesOn = state.phase === 'running' || state.phase === 'opening'
  useEffect(() => {
    // Another link that is opened in this page loads nothing anew.
    const read = () => ask(settingsHere())
    if (!goesOn) addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [goesOn])
  return (
    <>
      <h1>
        Check this browser{' '}
        <span class="on">An executable specification of deep-learning mathematics</span>
      </h1>
      <p>
        Every clause is checked here, on this machine, and nothing is sent anywhere: a content
        security policy of this page forbids it.
      </p>
      {problem !== null && <p class="bad">{problem}</p>}
      <Form key={toHash(asked)} settings={asked} disabled={goesOn} onStart={begin} />
      <Status
        state={state}
        halt={halt}
        onPause={() => {
          setHalt(halt === null ? 'Paused' : null)
          if (halt === null) runner.current?.pause()
          else runner.current?.goOn()
        }}
        onStop={() => {
          setHalt('Stopping')
          runner.current?.stop()
        }}
      />
      <Results state={state} />
    </>
  )
}

/** What the address of the page asks for, or what is wrong with it. */
function settingsHere(): readonly [Settings, string | null] {
  try {
    return [fromHash(location.hash), null]
  } catch (error) {
    return [usual, messageOf(error)]
  }
}
