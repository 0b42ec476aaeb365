import { execFile } from 'node:child_process'

const LIMIT_MS = 60_000

/** What a probe printed last, as a value, or in words why there is nothing. */
export interface ProbeAnswer {
  readonly value?: unknown
  readonly failure?: string
}

/**
 * Runs an ES module of a few lines in a process of its own, which may crash or hang.
 * The module is text, not a file, so that it is found however this code was bundled.
 *
 * @param argument what the module finds as `process.argv[1]`
 */
export function runProbe(
  module: string,
  argument: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ProbeAnswer> {
  const options = {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL' as const,
  }
  return new Promise((resolve) => {
    const args = ['--input-type=module', '-e', module, argument]
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error) {
        const { killed, signal, code } = error
        const how = killed
          ? `the probe gave no answer within ${LIMIT_MS / 1000} s`
          : signal
            ? `the probe crashed with ${signal}`
            : `the probe ended with code ${code}`
        const detail = complaint(stderr)
        return resolve({ failure: detail ? `${how} (${detail})` : how })
      }
      try {
        resolve({ value: JSON.parse(stdout.trim().split('\n').at(-1)!) })
      } catch {
        resolve({ failure: `the probe answered ${JSON.stringify(stdout.slice(0, 200))}` })
      }
    })
  })
}

/** The line of an error output that says most. */
function complaint(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  return (lines.find((line) => /error|cannot|couldn't/i.test(line)) ?? '').slice(0, 300)
}
