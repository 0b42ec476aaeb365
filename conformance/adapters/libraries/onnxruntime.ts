import { createRequire } from 'node:module'
import { findPackage, setupFolder } from '../../../impl/device/packages.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { onnxOn, type Runtime } from './onnx-session.ts'

const packageName = 'onnxruntime-node'

/** The version that is set up, with which the findings were seen. */
export const onnxruntimePin = `${packageName}@1.30.0`

/** Gets the package, which is too large to come with this one. */
export const SETUP_ONNXRUNTIME = 'npx touchstone setup onnxruntime'

/**
 * ONNX Runtime on the processor, bare.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function onnxruntime(): Implementation {
  const { runtime, version } = loadRuntime()
  return onnxOn(runtime, {
    name: 'onnxruntime',
    version,
    profile: 'ieee',
    device: `${packageName}, CPU`,
    versions: { [packageName]: version },
  })
}

/** Where the package is looked for: in the folder of the user first, and where it was set up. */
const places = () => [process.cwd(), root, setupFolder('onnxruntime')]

/** Where the package lies, and its version; `undefined` where it is not installed. */
export const findRuntime = (folders = places()) => findPackage(packageName, folders)

/**
 * The package, loaded.
 *
 * @throws {UnrunnableError} it is not installed, or does not load
 */
export function loadRuntime(folders = places()) {
  const found = findRuntime(folders)
  if (found === undefined) {
    throw new UnrunnableError(`${packageName} is not installed`, [SETUP_ONNXRUNTIME])
  }
  const { file, version } = found
  try {
    return { runtime: createRequire(file)(file) as Runtime, version }
  } catch (error) {
    throw new UnrunnableError(`${packageName} does not load: ${messageOf(error)}`)
  }
}
