import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clauses } from '../../spec/index.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { stringify } from '../base/json.ts'
import { type Terminal, terminalOn } from '../base/terminal.ts'
import { onDevice, oneLine, plural, visible } from '../base/text.ts'
import { replaceFile, tryFile } from '../base/writable.ts'
import type { Capsule } from '../engine/capsule.ts'
import { loadPropertiesOf, propertiesOf } from '../properties/loaded.ts'
import { hunt } from '../suite/hunt/hunt.ts'
import { beginning, type HuntProblem, readState, writeState } from '../suite/hunt/state.ts'
import { keptCases } from '../suite/kept-folders.ts'
import { selectClauses } from '../suite/select.ts'
import { summary } from './hunt-summary.ts'
import { type Choice, chosen } from './implementation.ts'
import type { Place } from './values.ts'

export interface HuntCommandOptions extends Choice {
  readonly clause: readonly string[]
  readonly seed?: number
  readonly time: number
  readonly shard: Place
  readonly report: string
}

/** How often the state of a hunt is written where nothing is found, in milliseconds. */
const writeEvery = 1000

/** `touchstone hunt`: looks for cases that fail for as long as it is given, and keeps each that it finds at once. */
export async function huntCommand(options: HuntCommandOptions): Promise<void> {
  const selected = selectClauses(clauses, options.clause)
  const { index, count } = options.shard
  const folder = options.report
  const stem = count === 1 ? 'hunt' : `hunt-${index}-of-${count}`
  const [file, trying] = [join(folder, `${stem}.json`), join(folder, `${stem}.trying`)]
  for (const path of [file, trying, join(folder, 'capsules', 'x')]) tryFile(path)
  await loadPropertiesOf(selected.map(({ id }) => id))
  const entrants = await chosen(options)
  const terminal = terminalOn(process.stdout)
  const names = entrants.map(({ implementation: { name, version, device } }) =>
    oneLine(`${name} ${version} ${onDevice(device)}`),
  )
  const about = `${names.join('; ')}: ${selected.map(({ id }) => id).join(' ')}`
  const before = readState(file, about)
  const begun = before ?? beginning(about, options.seed ?? randomInt(2 ** 31))
  const from = { ...begun, ...afterAnEnd(begun, trying) }
  for (const name of names) terminal.write(`${terminal.style('bold', name)}\n`)
  terminal.write(
    `${plural(selected.length, 'clause')}, ${options.time} s, seed ${from.seed}${before === null ? '' : `, after ${plural(from.turns, 'turn')}`}\n\n`,
  )
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const { kept, problems } = keptCases([join(folder, 'capsules')])
  for (const problem of problems) process.stderr.write(`not tried: ${problem}\n`)
  let written = Number.NEGATIVE_INFINITY
  const end = await hunt(from, {
    properties: selected.flatMap(({ id }) => propertiesOf(id)),
    implementations: entrants.map(({ implementation }) => implementation),
    choosing: entrants.map(({ option }) => option),
    place: options.shard,
    deadline: performance.now() + options.time * 1000,
    kept,
    ...(options.caseTimeout !== undefined && { caseTimeout: options.caseTimeout * 1000 }),
    signal: stop.signal,
    onTurn: (turn, { id }) => writeFileSync(trying, `${turn} ${id}`),
    onFound: (problem, capsule, isNew) => {
      if (!isNew) return
      keep(capsule, problem, folder)
      written = Number.NEGATIVE_INFINITY
      terminal.write(`${told(problem, terminal)}\n`)
    },
    onState: (state) => {
      if (performance.now() - written < writeEvery) return
      written = performance.now()
      writeState(state, file)
    },
  })
  writeState(end, file)
  rmSync(trying, { force: true })
  terminal.write(`\n${summary(folder, terminal)}\n`)
  process.exitCode = end.problems.length > 0 ? exitCodes.fails : exitCodes.conforms
}

/** A hunt whose process ended in the middle of a turn goes on after it, so that it does not end there again. */
function afterAnEnd({ turns, ended }: { turns: number; ended: readonly string[] }, file: string) {
  if (!existsSync(file)) return {}
  const [turn, property] = readFileSync(file, 'utf8').split(' ') as [string, string | undefined]
  if (property === undefined) return {}
  return { turns: Math.max(turns, Number(turn) + 1), ended: [...ended, property] }
}

function keep(capsule: Capsule | null, { capsule: name }: HuntProblem, folder: string): void {
  if (capsule === null || name === null) return
  replaceFile(join(folder, 'capsules', name), `${stringify(capsule)}\n`)
}

function told({ outcome, operation, says, properties }: HuntProblem, { style }: Terminal) {
  const what = operation === null ? properties[0]! : operation
  return `${style('red', outcome)}  ${what}: ${visible(says).split('\n')[0]}\n  ${properties[0]}`
}
