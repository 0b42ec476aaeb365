import { toBeClosed } from '../../adapters/opened.ts'
import { type LaunchOptions, provided } from '../../adapters/process/launch.ts'
import { CannotStart, UnrunnableError } from '../../base/errors.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { findBrowser } from './find.ts'
import { drivenPage } from './page.ts'
import { Tab } from './tab.ts'

/**
 * Opens something in a browser that is found on this machine and driven without a window: `touchstone:wasm`,
 * `tfjs:webgl`, …, or a module by its path. It ends with this program.
 *
 * @throws {UnrunnableError} there is no browser, or it does not open it
 * @throws {UsageError} the module does not load
 */
export async function openInBrowser(
  subject: string,
  options: LaunchOptions = {},
): Promise<Implementation> {
  const found = findBrowser()
  if (found.program === null) {
    throw new UnrunnableError(found.reason, [
      found.remedy,
      'or open the page that touchstone page writes in any browser',
    ])
  }
  const { program } = found
  const html = await drivenPage(subject)
  try {
    return toBeClosed(
      await provided((limit, listeners) => new Tab(program, html, limit, listeners), options),
    )
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    const [reason = '', ...rest] = error.message.split('\n')
    throw new UnrunnableError(`${subject} cannot be run in ${program}: ${reason}`, rest)
  }
}
