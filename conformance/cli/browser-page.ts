import { exitCodes } from '../base/exit-codes.ts'
import { pageHtml } from '../browser/build.ts'
import { prepareFile, writeFile } from './files.ts'

/** `touchstone page`: writes the page that checks the browser it is opened in. */
export async function pageCommand(file: string): Promise<void> {
  prepareFile(file)
  if (writeFile(file, await pageHtml())) process.stdout.write(`${file}\n`)
  else process.exitCode = exitCodes.usage
}
