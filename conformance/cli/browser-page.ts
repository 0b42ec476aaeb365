import { exitCodes } from '../base/exit-codes.ts'
import { pageHtml } from '../browser/build.ts'
import { prepareFile, writeFile } from './files.ts'

interface PageOptions {
  readonly with?: 'onnxruntime'
}

/** `touchstone page`: writes the page that checks the browser it is opened in. */
export async function pageCommand(file: string, options: PageOptions): Promise<void> {
  prepareFile(file)
  if (writeFile(file, await pageHtml({ onnxruntime: options.with === 'onnxruntime' })))
    process.stdout.write(`${file}\n`)
  else process.exitCode = exitCodes.usage
}
