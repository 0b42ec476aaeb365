import type { DeviceName } from '../../impl/device/name.ts'
import { tfjsOn } from '../adapters/libraries/tfjs.ts'
import { openOurs } from '../adapters/ours.ts'
import { launch } from '../adapters/process/launch.ts'
import { CannotStart, UsageError } from '../base/errors.ts'
import type { Implementation } from '../engine/implementation.ts'
import { openModule } from './module.ts'
import { dropped, onnxruntimeDevice, type Settings, speaker } from './settings.ts'

/**
 * Opens what settings name.
 *
 * @throws {UsageError} it does not work here, or is no implementation
 */
export async function open(settings: Settings, module: string | null): Promise<Implementation> {
  if (settings.subject === dropped) return openModule(module)
  if (settings.subject === speaker) return openSpeaker(module, 10)
  if (onnxruntimeDevice(settings.subject) !== null) {
    if (module !== null) return openSpeaker(module, 60)
    throw new UsageError('this page was written without ONNX Runtime', [
      'touchstone page page.html --with onnxruntime writes one that holds it',
    ])
  }
  const [library, device] = settings.subject.split(':') as [string, DeviceName]
  return library === 'tfjs' ? tfjsOn(device) : openOurs(device)
}

/** What the script of a worker provides, which speaks the protocol with text that is posted. */
async function openSpeaker(script: string | null, startTimeout: number): Promise<Implementation> {
  if (script === null) throw new UsageError('no worker was chosen', ['choose a file, or drop one'])
  try {
    return await launch([script], { startTimeout })
  } catch (error) {
    throw error instanceof CannotStart ? new UsageError(error.message, [error.hint]) : error
  }
}
