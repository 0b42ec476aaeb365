import { existsSync } from 'node:fs'
import { join } from 'node:path'
import util from 'node:util'
import { engine } from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { DeviceUnavailable, messageOf } from './errors.ts'
import { loadPackage, resolvePackage, setupFolder, versionOf } from './packages.ts'
import { repairKernels } from './tensorflow-kernels.ts'

/** The packages that bind the TensorFlow library, the one with CUDA first. Both are optional. */
export const TENSORFLOW_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

/** The command that makes the device work, wherever it can. */
export const SETUP_TENSORFLOW = 'npx touchstone setup tensorflow'

/** What the backend of the TensorFlow packages tells about itself. */
export interface TensorflowBackend {
  readonly isUsingGpuDevice?: boolean
  readonly binding?: { readonly TF_Version?: string }
}

/** A package that binds TensorFlow, and from where it is found. */
export interface TensorflowPackage {
  readonly name: string
  readonly file: string
  readonly from: string | undefined
}

/** The package that binds TensorFlow: the one that was set up, else one that is installed. */
export function tensorflowPackage(): TensorflowPackage {
  const from = setupFolder('tensorflow')
  for (const name of TENSORFLOW_PACKAGES) {
    // By its path: a search by name goes on outside, and Node remembers what it found there.
    const folder = join(from, 'node_modules', name)
    const file = existsSync(folder) ? resolvePackage(folder) : undefined
    if (file) return { name, file, from }
  }
  for (const name of TENSORFLOW_PACKAGES) {
    const file = resolvePackage(name)
    if (file) return { name, file, from: undefined }
  }
  throw new DeviceUnavailable(
    'tensorflow',
    `neither ${TENSORFLOW_PACKAGES.join(' nor ')} is installed`,
    SETUP_TENSORFLOW,
  )
}

/** How products are rounded: as float32 says, or on the tensor cores of a GPU, to 11 bits first. */
export type TensorflowPrecision = 'float32' | 'tf32'

/**
 * The environment in which the libraries of CUDA are loaded. Unless told otherwise they may round
 * the factors of products to the 11 bits of TF32, which is not the float32 that a device declares.
 */
export function tensorflowEnvironment(precision: TensorflowPrecision): Record<string, string> {
  return {
    NVIDIA_TF32_OVERRIDE: precision === 'tf32' ? '' : (process.env.NVIDIA_TF32_OVERRIDE ?? '0'),
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2',
  }
}

let loaded: TensorflowPrecision | undefined

/**
 * The TensorFlow library: CUDA where there is a GPU, the processor where there is none.
 * It is loaded once in the life of a process, and decides then how it rounds.
 */
export async function openTensorflow(precision: TensorflowPrecision): Promise<Backend> {
  const { name, from } = tensorflowPackage()
  const version = versionOf(name, from)
  if (loaded && loaded !== precision) {
    throw new DeviceUnavailable(
      'tensorflow',
      `its library was loaded for ${loaded} and cannot change to ${precision}`,
      'use one precision a process',
    )
  }
  for (const [variable, value] of Object.entries(tensorflowEnvironment(precision))) {
    if (value === '') delete process.env[variable]
    else process.env[variable] = value
  }
  provideOldUtilities()
  try {
    loadPackage(name, from)
  } catch (error) {
    throw new DeviceUnavailable(
      'tensorflow',
      `${name} ${version} is installed, but its native library does not load (${messageOf(error)})`,
      SETUP_TENSORFLOW,
      { cause: error },
    )
  }
  loaded = precision
  const through = ['@tensorflow/tfjs']
  await startBackend('tensorflow', name, { through, ...(from === undefined ? {} : { from }) })
  repairKernels()

  const backend = engine().backend as TensorflowBackend
  return {
    description: describeTensorflow(backend, precision),
    ...(precision === 'tf32' ? { precision } : {}),
    profile: 'ieee',
    software: false,
    versions: {
      [name]: version,
      tensorflow: libraryVersion(backend),
      node: process.versions.node,
    },
    fault: () => undefined,
    release: () => {},
  }
}

/** One line for the report. */
export function describeTensorflow(
  backend: TensorflowBackend,
  precision: TensorflowPrecision,
): string {
  const version = libraryVersion(backend)
  if (!backend.isUsingGpuDevice) return `tensorflow ${version}, CPU`
  const tf32 = tensorflowEnvironment(precision).NVIDIA_TF32_OVERRIDE !== '0'
  return `tensorflow ${version}, GPU (CUDA)${tf32 ? ', TF32 allowed' : ''}`
}

function libraryVersion(backend: TensorflowBackend): string {
  return backend.binding?.TF_Version ?? 'of unknown version'
}

/** Two functions that version 4.22 of the packages calls and Node 23 has no longer. */
function provideOldUtilities(): void {
  const old = util as unknown as Record<string, unknown>
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  old.isArray ??= Array.isArray
}
