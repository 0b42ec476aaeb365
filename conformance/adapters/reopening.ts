import type { Parameters } from '../../spec/language/operation.ts'
import { ImplementationFailure, ImplementationGone } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import { mapValues } from '../base/records.ts'
import type { Evaluate, Inputs, MaybePromise, Outputs } from '../engine/implementation.ts'

/** How a device is watched, and opened again. */
export interface Reopening {
  /** Why the device cannot be trusted any more; `undefined` while it can. */
  readonly fault: () => string | undefined
  /** Why something that was thrown means so; `undefined` where it is about the arguments. */
  readonly faultIn: (thrown: unknown) => string | undefined
  /** Opens it anew, as if nothing had been asked of it. */
  readonly reopen: () => Promise<void>
}

/**
 * Operations on a device that may fail in their midst, by running out of memory or by being lost. It is then
 * opened anew, and what it was asked is asked once more: nothing that it said after it failed counts,
 * not even to questions that were asked before. What fails again by itself is a failure of the
 * implementation, and no rejection of the arguments.
 */
export function reopening(
  operations: Readonly<Record<string, Evaluate>>,
  { fault, faultIn, reopen }: Reopening,
): Readonly<Record<string, Evaluate>> {
  let times = 0
  let opening: Promise<void> | null = null

  let gone: ImplementationGone | null = null

  /** Opens the device anew, unless that was done since the question was put. */
  const renew = async (since: number): Promise<void> => {
    if (gone !== null) throw gone
    if (times === since && opening === null) {
      // From here on, what it was asked before says nothing any more.
      times++
      opening = renewed()
    }
    await opening
  }

  const renewed = async () => {
    try {
      await reopen()
    } catch (error) {
      gone = new ImplementationGone(`the device could not be opened anew: ${messageOf(error)}`)
      throw gone
    } finally {
      opening = null
    }
  }

  const again = async (ask: () => MaybePromise<Outputs>, since: number, why: string) => {
    await renew(since)
    for (;;) {
      const at = times
      let wrong: string | undefined
      try {
        const outputs = await ask()
        if (times === at && fault() === undefined) return outputs
        wrong = fault()
      } catch (thrown) {
        if (times === at) {
          wrong = faultIn(thrown)
          if (wrong === undefined) throw thrown
        }
      }
      await renew(at)
      // Another question was to blame, if it was not this one that found the device to have failed.
      if (wrong !== undefined)
        throw new ImplementationFailure(`${why}; opened anew, again: ${wrong}`)
    }
  }

  return mapValues(
    operations,
    (evaluate): Evaluate =>
      (inputs: Inputs, parameters: Parameters) => {
        if (gone !== null) throw gone
        const ask = () => evaluate(inputs, parameters)
        if (opening !== null)
          return opening.then(() => again(ask, times - 1, 'the device was being opened'))
        const at = times
        const judged = (outputs: Outputs) => {
          const wrong = fault()
          if (times === at && wrong === undefined) return outputs
          return again(ask, at, wrong ?? 'the device failed')
        }
        const failed = (thrown: unknown) => {
          const wrong = faultIn(thrown)
          if (times === at && wrong === undefined) throw thrown
          return again(ask, at, wrong ?? messageOf(thrown))
        }
        let answer: MaybePromise<Outputs>
        try {
          answer = ask()
        } catch (thrown) {
          return failed(thrown)
        }
        return isPromise(answer) ? answer.then(judged, failed) : judged(answer)
      },
  )
}

function isPromise(value: MaybePromise<Outputs>): value is Promise<Outputs> {
  return typeof (value as Promise<Outputs>).then === 'function'
}
