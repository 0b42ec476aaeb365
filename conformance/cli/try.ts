import { join } from 'node:path'
import type { Operation } from '../../spec/language/operation.ts'
import { UnrunnableError, UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { stringify } from '../base/json.ts'
import { messageOf } from '../base/message.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine, visible } from '../base/text.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Verdict } from '../engine/verdict.ts'
import { fileOf } from '../suite/capsules.ts'
import { type Tried, tryOwnSize } from '../suite/own-size.ts'
import { prepareFile, writeFile } from './files.ts'
import { type Choice, chosenOne, quoted } from './implementation.ts'
import { operationNamed, parametersIn, sizesIn } from './try/arguments.ts'
import { costOf } from './try/cost.ts'
import { counterOn } from './try/counter.ts'
import { describeCase, describeTried } from './try/describe.ts'
import { assertValid, type Completed, complete } from './try/own-size.ts'
import { medianOf, timesOf } from './try/times.ts'

interface Options extends Choice {
  readonly sizes: readonly string[]
  readonly parameters?: string
  readonly runs: number
  readonly seed: number
  readonly time?: number
  readonly report: string
  readonly json?: boolean
}

/** How long a case that fails is made smaller, in milliseconds. */
const shrinkTime = 60_000

/** `touchstone try`: an operation at sizes of one's own, judged as in a run, with the time that it takes. */
export async function tryCommand(id: string, options: Options): Promise<void> {
  const operation = operationNamed(id)
  const own = complete(operation, sizesIn(options.sizes), parametersIn(options.parameters))
  const cost = costOf(own)
  assertValid(own)
  prepareFile(join(options.report, 'capsules', 'own-size.capsule.json'))
  const { implementation, option } = await chosenOne(options)
  assertProvided(implementation, operation)
  const terminal = terminalOn(options.json ? process.stderr : process.stdout)
  introduce(implementation, terminal)
  terminal.write(`${describeCase(own, cost, terminal)}\n\n`)
  const counter = counterOn(process.stderr)
  const tried = await tryOwnSize(own, implementation, {
    runs: options.runs,
    seed: options.seed,
    deadline: options.time === undefined ? null : performance.now() + options.time * 1000,
    shrinkTime,
    ...(options.caseTimeout === undefined ? {} : { caseTimeout: options.caseTimeout * 1000 }),
    onCase: counter.show,
  }).finally(counter.end)
  assertDevice(implementation)
  terminal.write(`${describeTried(tried, operation, terminal)}\n`)
  const replay = kept(tried.verdict, options.report)
  // A command is not broken, so that it can be copied whole.
  if (replay !== null) terminal.write(`  ${terminal.style('cyan', replay + option)}\n`)
  if (options.json) terminalOn(process.stdout).write(`${stringify(plain(tried, own))}\n`)
  process.exitCode = tried.verdict.outcome === 'conforms' ? exitCodes.conforms : exitCodes.fails
}

function introduce({ name, version, device }: Implementation, terminal: Terminal): void {
  terminal.write(
    `${terminal.style('bold', oneLine(`${name} ${version}`))} ${oneLine(onDevice(device))}\n`,
  )
}

function assertProvided({ name, operations, unsupported }: Implementation, { id }: Operation) {
  if (Object.hasOwn(operations, id)) return
  const reason = unsupported?.[id]
  throw new UsageError(`${visible(name)} does not provide ${id}`, [
    ...(reason === undefined ? [] : [visible(reason)]),
    'it provides',
    ...Object.keys(operations).map((other) => `  ${other}`),
  ])
}

function assertDevice(implementation: Implementation): void {
  try {
    implementation.assertDevice?.()
  } catch (error) {
    throw new UnrunnableError(messageOf(error))
  }
}

/** Writes the smallest case that failed into a folder of reports; the command that tries it again. */
function kept(verdict: Verdict, folder: string): string | null {
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  if (capsule === null) return null
  const file = join(folder, 'capsules', fileOf(capsule))
  return writeFile(file, `${stringify(capsule)}\n`) ? `npx touchstone replay ${quoted(file)}` : null
}

/** What was tried and what came of it, as data. */
function plain(tried: Tried, { operation, sizes, parameters, chosen }: Completed) {
  const { verdict, property, distributions, discarded, calls, references, failing } = tried
  const times = timesOf(calls)
  return {
    operation: operation.id,
    property: property.id,
    sizes,
    parameters,
    chosen,
    distributions,
    discarded,
    verdict,
    difference: failing?.trial.result === 'violates' ? failing.trial.difference : null,
    milliseconds: times,
    referenceSeconds: references.length === 0 ? null : medianOf(references),
  }
}
