import { join } from 'node:path'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { LaunchOptions } from '../process/launch.ts'
import type { PythonModule } from './python.ts'

/**
 * Opens a library as it is: each operation is the call that a user of it would write.
 *
 * @throws {UnrunnableError} it is not installed, or does not run here
 */
export type OpenLibrary = (options: LaunchOptions) => Promise<Implementation>

const tfjs =
  (device: 'cpu' | 'wasm' | 'webgpu' | 'tensorflow'): OpenLibrary =>
  async () =>
    (await import('./tfjs.ts')).tfjsOn(device)

/** The same in a process of its own, for one that may end it. */
const apart =
  (name: string): OpenLibrary =>
  async (options) => {
    const { openProcess } = await import('../process/open.ts')
    const program = join(root, 'conformance/cli/touchstone.js')
    const words = [process.execPath, program, 'serve', name]
    return openProcess(words, (reason) => `${name} does not start: ${reason}`, options)
  }

const python =
  (module: PythonModule): OpenLibrary =>
  async (options) =>
    (await import('./python.ts')).pythonLibrary(module, options)

/** The libraries that `--implementation` knows by name. */
export const libraries: Readonly<Record<string, OpenLibrary>> = {
  'tfjs:cpu': tfjs('cpu'),
  'tfjs:wasm': tfjs('wasm'),
  'tfjs:webgpu': tfjs('webgpu'),
  'tfjs:tensorflow': apart('tfjs:tensorflow'),
  numpy: python('numpy'),
  pytorch: python('torch'),
  jax: python('jax'),
  onnxruntime: async () => (await import('./onnxruntime.ts')).onnxruntime(),
}

/** Those of them that `libraries` opens in processes of their own, opened in this one. */
export const librariesHere: typeof libraries = {
  ...libraries,
  'tfjs:tensorflow': tfjs('tensorflow'),
}
