import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../conformance/base/root.ts'

const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)

/** The seconds of Vitest and fast-check alone, with all defaults, for a number of cases. */
export interface Naive {
  /** Of the cases, in a process that has tried as many before. */
  readonly warm: number
  /** Of the whole process. */
  readonly cold: number
  /** How many products the sums of a case have, on average: fast-check likes small sizes. */
  readonly products: number
}

export function naiveConvolution(runs: number, reference: 'loops' | 'mathjs'): Naive {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-naive-'))
  const start = (more: NodeJS.ProcessEnv) => {
    // Nothing of the script's own Node options, and no configuration: the folder has none.
    const env = {
      ...process.env,
      NAIVE_RUNS: String(runs),
      NAIVE_REFERENCE: reference,
      ...more,
    }
    const started = performance.now()
    const where = ['--root', join(root, 'scripts/bench-suite'), 'naive']
    execFileSync(process.execPath, [vitest, 'run', ...where], { env, stdio: 'pipe' })
    return (performance.now() - started) / 1000
  }
  try {
    const result = join(folder, 'seconds')
    const cold = start({})
    start({ NAIVE_RESULT: result })
    const { seconds, products } = JSON.parse(readFileSync(result, 'utf8'))
    return { cold, warm: seconds, products }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
