import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../../base/root.ts'

/** Where the helper for Python lies. */
export const helperFolder = join(root, 'conformance/adapters/python')

/** The Python of a virtual environment. */
export function pythonIn(environment: string): string {
  return join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
}

/**
 * A Python that has NumPy, for tests and benchmarks: `TOUCHSTONE_PYTHON`, the virtual environment
 * `.venv` of this project, or that of the search path; `null` when none of them has it.
 */
export function pythonWithNumpy(): string | null {
  const environment = pythonIn(join(root, '.venv'))
  const candidates = [
    process.env.TOUCHSTONE_PYTHON,
    existsSync(environment) && environment,
    'python3',
    // Windows has none of that name.
    'python',
  ]
  for (const python of candidates) {
    if (!python) continue
    if (spawnSync(python, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0) return python
  }
  return null
}

/** The environment in which a program in Python finds the helper without a copy beside it. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const others = process.env.PYTHONPATH ? delimiter + process.env.PYTHONPATH : ''
  return { ...process.env, PYTHONPATH: helperFolder + others, PYTHONDONTWRITEBYTECODE: '1' }
}
