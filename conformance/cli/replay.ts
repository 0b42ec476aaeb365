import { readFileSync } from 'node:fs'
import type { DevicePrecision } from '../../impl/device/device.ts'
import { attemptCapsule, readCapsule } from '../replay.ts'
import { stringify } from '../report/json.ts'
import { rowsOf } from '../report/terminal.ts'
import { chosenImplementation } from './implementation.ts'
import { terminalOn, wrap } from './terminal.ts'
import { exitCodes, UsageError } from './usage.ts'

/** `touchstone replay`: the case of a capsule once more, on the same implementation or another. */
export async function replay(
  file: string,
  options: {
    readonly implementation?: string
    readonly device: string
    readonly precision: DevicePrecision
    readonly json?: boolean
  },
): Promise<void> {
  const capsule = capsuleIn(file)
  const implementation = await chosenImplementation(options)
  const verdict = await attemptCapsule(capsule, implementation)
  const terminal = terminalOn(process.stdout)
  if (options.json) terminal.write(`${stringify(verdict)}\n`)
  else {
    const { name, version, device } = implementation
    terminal.write(`${terminal.style('bold', `${name} ${version}`)} on ${device}\n`)
    const style = verdict.outcome === 'conforms' ? 'green' : 'red'
    terminal.write(`${terminal.style(style, verdict.outcome)}  ${capsule.property}\n`)
    for (const [term, text] of rowsOf(verdict)) {
      const [first = '', ...rest] = wrap(text, Math.min(terminal.columns, 100) - 14).split('\n')
      terminal.write(`  ${term.padEnd(12)}${first}\n`)
      for (const line of rest) terminal.write(`${' '.repeat(14)}${line}\n`)
    }
  }
  process.exitCode = verdict.outcome === 'conforms' ? exitCodes.conforms : exitCodes.fails
}

function capsuleIn(file: string) {
  try {
    return readCapsule(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} is no capsule that can be replayed`, [
      error instanceof Error ? error.message : String(error),
    ])
  }
}
