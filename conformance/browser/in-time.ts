import { type Part, runPart } from '../suite/part.ts'
import { Progress } from '../suite/progress.ts'
import type { Underway } from '../suite/underway.ts'
import type { Checked } from './checked.ts'

/** How often it is kept how far properties are, at most, in milliseconds: so much work may be done again. */
const keepEvery = 2000

/**
 * A run that ends after some seconds, without its pauses, of which an earlier one may have taken a part. All clauses
 * have a few cases before any has more, so that how far each property is is kept, and not what is done.
 */
export async function checkInTime(
  seconds: number,
  { clauses, done, keep, pause, onProgress, ...options }: Checked,
): Promise<readonly Part[]> {
  const spent = 1000 * done.seconds
  const deadline = performance.now() + Math.max(0, 1000 * seconds - spent)
  const progress = new Progress([clauses], options.runs, 1, deadline, onProgress, spent)
  const moved = new Map<string, () => Underway>()
  let keptAt = performance.now()
  return runPart({
    ...options,
    ...{ clauses, deadline, before: done.underway },
    onProgress: (event) => progress.take(clauses, event),
    onPause(putOff) {
      pause.onEnd = (milliseconds) => {
        putOff(milliseconds)
        progress.putOff(milliseconds)
      }
    },
    onUnderway(property, underway) {
      moved.set(property, underway)
      if (performance.now() - keptAt < keepEvery) return
      keep({ underway: Object.fromEntries([...moved].map(([id, its]) => [id, its()])) })
      moved.clear()
      keptAt = performance.now()
    },
  })
}
