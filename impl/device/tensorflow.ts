import { engine } from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { DeviceUnavailable, messageOf } from './errors.ts'
import { resolvePackage, versionOf } from './packages.ts'

/** The packages that bind the TensorFlow library, the one with CUDA first. Both are optional. */
export const TENSORFLOW_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

export const INSTALL_TENSORFLOW = 'npm install --no-save @tensorflow/tfjs-node-gpu'

export const rebuildTensorflow = (name: string): string =>
  `npm rebuild ${name} --build-addon-from-source`

/** What the backend of the TensorFlow packages tells about itself. */
export interface TensorflowBackend {
  readonly isUsingGpuDevice?: boolean
  readonly binding?: { readonly TF_Version?: string }
}

/** The installed package that binds TensorFlow. */
export function tensorflowPackage(): string {
  const found = TENSORFLOW_PACKAGES.find((name) => resolvePackage(`${name}/package.json`))
  if (found) return found
  throw new DeviceUnavailable(
    'tensorflow',
    `neither ${TENSORFLOW_PACKAGES.join(' nor ')} is installed`,
    INSTALL_TENSORFLOW,
  )
}

/** The TensorFlow library: CUDA where there is a GPU, the processor where there is none. */
export async function openTensorflow(): Promise<Backend> {
  const name = tensorflowPackage()
  // Read when the libraries are loaded. Without the first, CUDA may round the factors of products
  // to the 10 bits of TF32, which is not the float32 that a device declares.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  try {
    await import(name)
  } catch (error) {
    throw new DeviceUnavailable(
      'tensorflow',
      `${name} ${versionOf(name)} is installed, but its native library does not load (${messageOf(error)})`,
      rebuildTensorflow(name),
      { cause: error },
    )
  }
  await startBackend('tensorflow', name, ['@tensorflow/tfjs'])

  const backend = engine().backend as TensorflowBackend
  return {
    description: describeTensorflow(backend),
    profile: 'ieee',
    software: false,
    versions: {
      [name]: versionOf(name),
      tensorflow: libraryVersion(backend),
      node: process.versions.node,
    },
    fault: () => undefined,
    release: () => {},
  }
}

/** One line for the report. */
export function describeTensorflow(backend: TensorflowBackend): string {
  const version = libraryVersion(backend)
  if (!backend.isUsingGpuDevice) return `tensorflow ${version}, CPU`
  const tf32 = process.env.NVIDIA_TF32_OVERRIDE
  return `tensorflow ${version}, GPU (CUDA)${tf32 && tf32 !== '0' ? ', TF32 allowed' : ''}`
}

function libraryVersion(backend: TensorflowBackend): string {
  return backend.binding?.TF_Version ?? 'of unknown version'
}
