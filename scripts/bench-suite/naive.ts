import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../conformance/base/root.ts'

/** What `vitest run` does, but that it does not look for a configuration in the folders above. */
const withoutConfiguration = `
  import { startVitest } from 'vitest/node'
  const vitest = await startVitest('test', ['naive.spec'], { config: false, watch: false })
  await vitest.close()`

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
    // Nothing of the script's own Node options.
    const env = {
      ...process.env,
      NAIVE_RUNS: String(runs),
      NAIVE_REFERENCE: reference,
      ...more,
    }
    const started = performance.now()
    execFileSync(process.execPath, ['--input-type=module', '--eval', withoutConfiguration], {
      ...{ env, stdio: 'pipe', cwd: join(root, 'scripts/bench-suite') },
    })
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
