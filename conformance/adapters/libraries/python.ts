import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setupFolder } from '../../../impl/device/packages.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { LaunchOptions } from '../process/launch.ts'
import { pythonIn } from '../python/find.ts'
import { bare } from './bare.ts'
import { provisions } from './provisions.ts'

/** The libraries that are called from Python, by the module to import. */
export type PythonModule =
  | 'numpy'
  | 'torch'
  | 'jax'
  | 'flwr'
  | 'scipy'
  | 'pytorch_fid'
  | 'torchmetrics'
  | 'nvflare'
  | 'openfl'

const programs = {
  numpy: 'numpy_library.py',
  torch: 'pytorch_library.py',
  jax: 'jax_library.py',
  flwr: 'flower_library.py',
  scipy: 'scipy_library.py',
  pytorch_fid: 'pytorch_fid_library.py',
  torchmetrics: 'torchmetrics_library.py',
  nvflare: 'nvflare_library.py',
  openfl: 'openfl_library.py',
} as const

/** The virtual environment into which `touchstone setup python` puts the libraries. */
export const librariesFolder = setupFolder('python')

/** Sets most libraries up. */
const SETUP_PYTHON = 'npx touchstone setup python'

/** How to get a library: those that do not go together with the others, or with each other, are left to who wants them. */
export function remedyFor(module: PythonModule): string {
  const isApart = module === 'nvflare' || module === 'openfl'
  return isApart ? `pip install ${module} where TOUCHSTONE_PYTHON points` : SETUP_PYTHON
}

/** A Python that has a module, or `null`: that of `TOUCHSTONE_PYTHON`, or of a virtual environment here. */
export function pythonWith(module: PythonModule): string | null {
  const environments = [librariesFolder, join(root, '.venv')].map(pythonIn).filter(existsSync)
  for (const python of [process.env.TOUCHSTONE_PYTHON, ...environments, 'python3', 'python']) {
    if (!python) continue
    const look = `import importlib.util as u, sys; sys.exit(u.find_spec("${module}") is None)`
    if (spawnSync(python, ['-c', look], { stdio: 'ignore' }).status === 0) return python
  }
  return null
}

/**
 * Starts a library of Python, bare, on a device where it is told one.
 *
 * @throws {UnrunnableError} it is not installed, or does not start
 */
export async function pythonLibrary(
  module: PythonModule,
  options: LaunchOptions,
  device: readonly string[] = [],
): Promise<Implementation> {
  const python = pythonWith(module)
  const { title } = provisions[module]
  if (python === null) {
    throw new UnrunnableError(`${title} is not installed where touchstone looks for it`, [
      remedyFor(module),
      'or set TOUCHSTONE_PYTHON to a Python that has it',
    ])
  }
  const { openProcess } = await import('../process/open.ts')
  const program = join(root, 'conformance/adapters/libraries', programs[module])
  const words = [python, '-B', program, ...device]
  return bare(module, await openProcess(words, (why) => `${title} does not start: ${why}`, options))
}
