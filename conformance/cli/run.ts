import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { DevicePrecision } from '../../impl/device/device.ts'
import { clauses } from '../../spec/index.ts'
import { root } from '../cite/sources.ts'
import { fileOf, keptCases, withReplays } from '../report/capsules.ts'
import { stringify } from '../report/json.ts'
import type { Report } from '../report/model.ts'
import { describe } from '../report/terminal.ts'
import { plural } from '../report/text.ts'
import { passes } from '../report/verdict.ts'
import { prepare, write } from '../report/write.ts'
import { run as runSuite } from '../run.ts'
import { type Choice, workersFor } from '../workers.ts'
import { chosenImplementation } from './implementation.ts'
import { progressOn } from './progress.ts'
import { selectClauses } from './select.ts'
import { terminalOn } from './terminal.ts'
import { exitCodes, UsageError } from './usage.ts'

export interface Options {
  readonly implementation?: string
  readonly device: string
  readonly precision: DevicePrecision
  readonly clause: readonly string[]
  readonly runs: number
  readonly seed: number
  readonly time?: number
  readonly workers?: number
  readonly caseTimeout?: number
  readonly report: string
  readonly json?: boolean
}

/** `touchstone run`: checks clauses on an implementation, shows how it went and leaves a report. */
export async function run(options: Options): Promise<void> {
  const selected = selectClauses(clauses, options.clause)
  writable(options.report)
  const implementation = await chosenImplementation(options)
  const terminal = terminalOn(options.json ? process.stderr : process.stdout)
  const { name, version, device } = implementation
  terminal.write(`${terminal.style('bold', `${name} ${version}`)} on ${device}\n`)
  terminal.write(
    `${plural(selected.length, 'clause')}, ${plural(options.runs, 'case')} a property, seed ${options.seed}\n\n`,
  )

  const progress = progressOn(process.stderr)
  const report = await runSuite({
    clauses: selected,
    implementation,
    runs: options.runs,
    seed: options.seed,
    seconds: options.time ?? null,
    kept: keptCases([join(root, 'conformance/capsules'), join(options.report, 'capsules')]),
    workers: workersFor(implementation, selected.length, choiceOf(options), options.workers),
    onProgress: progress.show,
  }).finally(progress.end)

  const folder = options.report
  const finished = withReplays(report, (capsule) => {
    const path = join(relative('', folder) || '.', 'capsules', fileOf(capsule))
    const plugged = options.implementation
      ? ` --implementation ${quoted(options.implementation)}`
      : ''
    const ours = options.implementation ? '' : deviceOptions(options)
    return `npx touchstone replay ${quoted(path)}${plugged}${ours}`
  })
  const saved = save(finished, folder)
  terminal.write(`${describe(finished, terminal)}\n\n`)
  terminal.write(`${join(saved, 'index.html')}, ${join(saved, 'report.json')}\n`)
  if (options.json) process.stdout.write(`${stringify(finished)}\n`)
  process.exitCode = passes(finished) ? exitCodes.conforms : exitCodes.fails
}

/** The options that choose an implementation, and nothing that only this process understands. */
function choiceOf({ implementation, device, precision, caseTimeout }: Options): Choice {
  return {
    ...(implementation === undefined ? {} : { implementation }),
    ...(caseTimeout === undefined ? {} : { caseTimeout }),
    device,
    precision,
  }
}

function writable(folder: string): void {
  try {
    prepare(folder)
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${folder}`, [
      error instanceof Error ? error.message : String(error),
      'choose another folder with --report',
    ])
  }
}

/** Writes the report, elsewhere if its folder went away meanwhile: the work is not lost. */
function save(report: Report, folder: string): string {
  try {
    write(report, folder)
    return folder
  } catch (error) {
    const refuge = join(tmpdir(), `touchstone-report-${process.pid}`)
    write(report, refuge)
    process.stderr.write(`${folder} could not be written (${String(error)}); see ${refuge}\n`)
    return refuge
  }
}

function deviceOptions({ device, precision }: Options): string {
  return [
    device === 'auto' ? '' : ` --device ${device}`,
    precision === 'float32' ? '' : ` --precision ${precision}`,
  ].join('')
}

/** An argument that a shell passes on as it is. */
function quoted(argument: string): string {
  return /^[\w./:@=+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
