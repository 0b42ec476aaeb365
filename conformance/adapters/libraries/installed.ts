import { spawnSync } from 'node:child_process'
import { resolvePackage, versionOf } from '../../../impl/device/packages.ts'
import { findRuntime, SETUP_ONNXRUNTIME } from './onnxruntime.ts'
import { findSmall, installationOf } from './packages.ts'
import { type PackageName, packageNames, provisions } from './provisions.ts'
import { type PythonModule, pythonWith, remedyFor } from './python.ts'

/** A library that `--implementation` knows by name: what is there of it, or how to get it. */
export interface InstalledLibrary {
  readonly name: string
  readonly title: string
  /** `null` where it is not installed. */
  readonly version: string | null
  /** The file of the package, or the Python that has it; empty where it is not installed. */
  readonly from: string
  readonly remedy: string
}

/** Every library that is called as it is, installed or not. None of them is loaded. */
export function installedLibraries(): readonly InstalledLibrary[] {
  const tfjs = '@tensorflow/tfjs'
  const runtime = findRuntime()
  return [
    {
      name: 'tfjs:cpu, tfjs:wasm, …',
      title: 'TensorFlow.js',
      version: versionOf(tfjs),
      from: resolvePackage(tfjs) ?? '',
      remedy: 'install the packages again',
    },
    {
      name: 'onnxruntime',
      title: 'ONNX Runtime',
      version: runtime?.version ?? null,
      from: runtime?.file ?? '',
      remedy: SETUP_ONNXRUNTIME,
    },
    inPython('numpy', 'numpy'),
    inPython('pytorch', 'torch'),
    inPython('jax', 'jax'),
    inPython('flower', 'flwr'),
    inPython('scipy', 'scipy'),
    inPython('pytorch-fid', 'pytorch_fid'),
    inPython('torchmetrics', 'torchmetrics'),
    inPython('nvflare', 'nvflare'),
    inPython('openfl', 'openfl'),
    ...packageNames.map(inPackages),
  ]
}

function inPackages(name: PackageName): InstalledLibrary {
  const found = findSmall(name)
  const { version = null, file = '' } = found ?? {}
  return { name, title: name, version, from: file, remedy: installationOf(name) }
}

function inPython(name: string, module: PythonModule): InstalledLibrary {
  const { title } = provisions[module]
  const python = pythonWith(module)
  const look = `import importlib.metadata as m; print(m.version("${module}"))`
  const version =
    python === null
      ? ''
      : spawnSync(python, ['-c', look], { encoding: 'utf8', stdio: 'pipe' }).stdout.trim()
  return { name, title, version: version || null, from: python ?? '', remedy: remedyFor(module) }
}
