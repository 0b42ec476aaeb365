import { checked } from '../adapters/checked.ts'
import { UsageError } from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Implementation } from '../engine/implementation.ts'
import * as offered from './offered.ts'

/**
 * The implementation that the text of a JavaScript module exports. It may import `touchstone`, and nothing else:
 * a page has no other files.
 *
 * @throws {UsageError} it does not load, or exports something else
 */
export async function openModule(text: string | null): Promise<Implementation> {
  if (text === null) throw new UsageError('no module was chosen', ['choose a file, or drop one'])
  const names = Object.keys(offered)
  Object.assign(globalThis, { touchstone: { ...offered } })
  const own = addressOf(`export const { ${names.join(', ')} } = globalThis.touchstone`)
  const written = text.replace(/(\bfrom\s*|\bimport\s*)(['"])touchstone\2/g, `$1'${own}'`)
  const address = addressOf(written)
  try {
    const exported = (await import(address)).default
    return checked(await (typeof exported === 'function' ? exported() : exported), 'the module')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`the module does not load: ${messageOf(error)}`, [
      'it has to be one file of JavaScript that imports nothing but touchstone; a bundler makes one',
    ])
  } finally {
    URL.revokeObjectURL(address)
  }
}

const addressOf = (code: string) =>
  URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
