/** The entry of a process that checks clauses for another one; see `workers.ts`. */

import { clauseById } from '../spec/index.ts'
import { chosenImplementation } from './cli/implementation.ts'
import type { Implementation } from './engine/implementation.ts'
import { checkClauseOnEach } from './suite.ts'
import type { FromWorker, Start, ToWorker } from './workers.ts'

let opened: Promise<{ start: Start; implementations: readonly Implementation[] }> | undefined
let busy: Promise<void> = Promise.resolve()

async function open(start: Start) {
  const implementations: Implementation[] = []
  for (const choice of start.choices) implementations.push(await chosenImplementation(choice))
  return { start, implementations }
}

async function check(id: string): Promise<void> {
  const { start, implementations } = await opened!
  const clause = clauseById(id)
  if (clause === undefined) throw new Error(`there is no clause ${id}`)
  const reports = await checkClauseOnEach(clause, implementations, start.options)
  tell({ kind: 'report', id, reports })
}

function tell(message: FromWorker): void {
  process.send!(message)
}

process.on('message', (message: ToWorker) => {
  if (message.kind === 'start') {
    opened = open(message)
    opened.catch(failed)
  } else {
    busy = busy.then(() => check(message.id)).catch(failed)
  }
})
process.on('disconnect', () => process.exit())

function failed(error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  tell({ kind: 'failed', reason })
}
