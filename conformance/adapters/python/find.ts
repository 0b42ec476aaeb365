import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from '../../base/root.ts'

/** Where the helper for Python lies. */
export const helperFolder = join(root, 'conformance/adapters/python')

/**
 * A Python that has NumPy, for tests and benchmarks: `TOUCHSTONE_PYTHON`, the virtual environment
 * `.venv` of this project, or `python3`; `null` when none of them has it.
 */
export function pythonWithNumpy(): string | null {
  const environment = join(root, '.venv/bin/python')
  const candidates = [
    process.env.TOUCHSTONE_PYTHON,
    existsSync(environment) && environment,
    'python3',
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
