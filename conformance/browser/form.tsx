/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks'
import { clauses } from '../../spec/index.ts'
import { messageOf } from '../base/message.ts'
import { plural } from '../base/text.ts'
import { selectClauses } from '../suite/select.ts'
import { isOffered } from './block.browser.ts'
import { dropped, isOwn, type Settings, speaker, subjects, wholeNumber } from './settings.ts'

interface Module {
  readonly name: string
  readonly text: string
}

const areas = [...new Set(clauses.map(({ id }) => id.slice(0, id.indexOf('.'))))]

/** What is to be checked, and how. */
export function Form({
  settings,
  disabled,
  onStart,
}: {
  readonly settings: Settings
  readonly disabled: boolean
  readonly onStart: (settings: Settings, module: string | null) => void
}) {
  const [subject, choose] = useState(settings.subject)
  const [module, take] = useState<Module | null>(null)
  const [chosen, narrow] = useState(settings.clauses)
  const [problem, tell] = useState<string | null>(null)
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return
    take({ name: file.name, text: await file.text() })
    if (!isOwn(subject)) choose(dropped)
  }
  useEffect(() => {
    // Anywhere, and during a run, too: otherwise the browser leaves this page for the file.
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      if (!disabled) void takeFile(event.dataTransfer?.files[0])
    }
    document.addEventListener('dragover', over)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('drop', drop)
    }
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    const written = (name: string) => String(data.get(name) ?? '')
    try {
      if (isOwn(subject) && module === null) throw new Error('choose a file first')
      selectClauses(clauses, [chosen])
      const asked: Settings = {
        subject,
        clauses: chosen,
        runs: wholeNumber(written('runs'), 'cases a property', 1) ?? settings.runs,
        seed: wholeNumber(written('seed'), 'the seed', -(2 ** 31)) ?? settings.seed,
        seconds: wholeNumber(written('seconds'), 'the time', 1),
      }
      tell(null)
      onStart(asked, isOwn(subject) ? module!.text : null)
    } catch (error) {
      tell(messageOf(error))
    }
  }
  return (
    <form onSubmit={submit}>
      <div class="fields">
        <label class="wide">
          What to check
          <select
            name="subject"
            value={subject}
            disabled={disabled}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {Object.entries(subjects)
              .filter(isOffered)
              .map(([id, words]) => (
                <option value={id}>{words}</option>
              ))}
            <option value={dropped}>{module?.name ?? 'A module of your own'}</option>
            <option value={speaker}>
              {module?.name ?? 'A worker of your own'}, which speaks the protocol
            </option>
          </select>
        </label>
        <label class="wide">
          Something of your own: choose a file of JavaScript, or drop it here
          <input
            type="file"
            accept=".js,.mjs,text/javascript"
            disabled={disabled}
            onClick={({ currentTarget }) => {
              // So that the same file can be chosen again after it was changed.
              currentTarget.value = ''
            }}
            onChange={({ currentTarget }) => void takeFile(currentTarget.files?.[0])}
          />
        </label>
        <label class="wide">
          Clauses, {matching(chosen)}
          <input
            name="clauses"
            list="areas"
            value={chosen}
            placeholder="all, or such as cnn.*"
            autocomplete="off"
            spellcheck={false}
            disabled={disabled}
            onInput={({ currentTarget }) => narrow(currentTarget.value)}
          />
          <datalist id="areas">
            {areas.map((area) => (
              <option value={`${area}.*`} />
            ))}
          </datalist>
        </label>
        <label>
          Cases a property
          <input
            name="runs"
            inputMode="numeric"
            defaultValue={`${settings.runs}`}
            disabled={disabled}
          />
        </label>
        <label>
          Seed
          <input
            name="seed"
            inputMode="numeric"
            defaultValue={`${settings.seed}`}
            disabled={disabled}
          />
        </label>
        <label>
          Seconds at most
          <input
            name="seconds"
            inputMode="numeric"
            placeholder="no limit"
            defaultValue={`${settings.seconds ?? ''}`}
            disabled={disabled}
          />
        </label>
      </div>
      {problem !== null && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <p>
        <button type="submit" disabled={disabled}>
          Start
        </button>
      </p>
    </form>
  )
}

/** How many clauses a glob matches, in words. */
function matching(globs: string): string {
  try {
    return plural(selectClauses(clauses, [globs]).length, 'clause')
  } catch {
    return 'none of that name'
  }
}
