import { CannotStart, UnrunnableError } from '../../base/errors.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { toBeClosed } from '../opened.ts'
import { type LaunchOptions, launch } from './launch.ts'

/**
 * Starts a program that speaks the protocol, to be ended with this one.
 *
 * @throws {UnrunnableError} it does not start: `complaint`, and why
 */
export async function openProcess(
  words: readonly string[],
  complaint: (reason: string) => string,
  options: LaunchOptions,
): Promise<Implementation> {
  return opened(launch(words, options), complaint)
}

/** What has been started, to be ended with this program; with a complaint where it does not start. */
export async function opened(
  launched: Promise<Implementation>,
  complaint: (reason: string) => string,
): Promise<Implementation> {
  try {
    return toBeClosed(await launched)
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    const [reason = '', ...rest] = error.message.split('\n')
    throw new UnrunnableError(complaint(reason), rest)
  }
}
