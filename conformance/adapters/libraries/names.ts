import { join } from 'node:path'
import type { DeviceName } from '../../../impl/device/name.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { LaunchOptions } from '../process/launch.ts'
import { type PackageName, packageNames } from './provisions.ts'
import type { PythonModule } from './python.ts'

/**
 * Opens what is known by name.
 *
 * @throws {UsageError} it is not installed, or does not run here
 */
export type OpenLibrary = (options: LaunchOptions) => Promise<Implementation>

const ours =
  (device: 'auto' | DeviceName): OpenLibrary =>
  async () =>
    (await import('../ours.ts')).openOurs(device)

const tfjs =
  (device: DeviceName): OpenLibrary =>
  async () =>
    (await import('./tfjs.ts')).tfjsOn(device)

/** The same in a process of its own, for one that may end it, or never come back. */
const apart =
  (name: string): OpenLibrary =>
  async (options) => {
    const { openProcess } = await import('../process/open.ts')
    const program = join(root, 'conformance/cli/touchstone.js')
    const words = [process.execPath, program, 'serve', name]
    return openProcess(words, (reason) => `${name} does not start: ${reason}`, options)
  }

const small =
  (name: PackageName): OpenLibrary =>
  async () =>
    (await import('./packages.ts')).packageAsItIs(name)

const python =
  (module: PythonModule, ...device: readonly string[]): OpenLibrary =>
  async (options) =>
    (await import('./python.ts')).pythonLibrary(module, options, device)

/** What `--implementation` knows by name: ours on each of its devices, and libraries as they are. */
export const libraries: Readonly<Record<string, OpenLibrary>> = {
  'touchstone:auto': ours('auto'),
  'touchstone:cpu': ours('cpu'),
  'touchstone:wasm': ours('wasm'),
  'touchstone:webgpu': ours('webgpu'),
  'touchstone:tensorflow': ours('tensorflow'),
  'tfjs:cpu': tfjs('cpu'),
  'tfjs:wasm': apart('tfjs:wasm'),
  'tfjs:webgpu': tfjs('webgpu'),
  'tfjs:tensorflow': apart('tfjs:tensorflow'),
  numpy: python('numpy'),
  pytorch: python('torch'),
  'pytorch:cuda': python('torch', 'cuda'),
  'pytorch:mps': python('torch', 'mps'),
  jax: python('jax'),
  flower: python('flwr'),
  scipy: python('scipy'),
  'pytorch-fid': python('pytorch_fid'),
  torchmetrics: python('torchmetrics'),
  nvflare: python('nvflare'),
  openfl: python('openfl'),
  onnxruntime: apart('onnxruntime'),
  ...Object.fromEntries(packageNames.map((name) => [name, small(name)])),
}

/** Those of them that `libraries` opens in processes of their own, opened in this one. */
export const librariesHere: typeof libraries = {
  ...libraries,
  'tfjs:wasm': tfjs('wasm'),
  'tfjs:tensorflow': tfjs('tensorflow'),
  onnxruntime: async () => (await import('./onnxruntime.ts')).onnxruntime(),
}
