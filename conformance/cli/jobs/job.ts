import { clauseById } from '../../../spec/index.ts'
import { closeOpened } from '../../adapters/opened.ts'
import { endWithParent } from '../../adapters/process/orphan.ts'
import { messageOf } from '../../base/message.ts'
import { build } from '../../base/touchstone.ts'
import { tuneV8 } from '../../base/v8.ts'
import { Evidence } from '../../engine/evidence.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { Property } from '../../engine/property.ts'
import { loadPropertiesOf, propertiesOf } from '../../properties/loaded.ts'
import { runPart } from '../../suite/part.ts'
import { sentEvidence } from '../../suite/sent-evidence.ts'
import { chosen } from '../implementation.ts'
import { aheadOfThis, type FromJob, type Opening, type ToJob } from './messages.ts'

/**
 * A process of a run that checks clauses which it is given, on implementations of its own, and tells what came
 * of them. It goes when the run disconnects, however that ended.
 */
class Job {
  #opening: Opening | null = null
  /** The properties of the whole run. */
  #among: readonly Property[] = []
  #implementations: readonly Implementation[] = []
  #evidences: readonly Evidence[] = []
  readonly #stop = new AbortController()

  async act(message: ToJob): Promise<void> {
    switch (message.kind) {
      case 'open':
        return this.#open(message)
      case 'check':
        return this.#check(message)
      case 'stop':
        return this.#stop.abort(message.reason)
      case 'give':
        return tell({
          kind: 'given',
          evidence: this.#evidences.map((evidence) => sentEvidence(evidence, message.operations)),
        })
    }
  }

  async #open(opening: Opening): Promise<void> {
    this.#opening = opening
    if (opening.build !== null && opening.build !== build) {
      return tell({ kind: 'not opened', reason: 'touchstone was built again meanwhile' })
    }
    try {
      const entrants = await chosen(opening.choice)
      this.#implementations = entrants.map(({ implementation }) => implementation)
    } catch (error) {
      return tell({ kind: 'not opened', reason: messageOf(error) })
    }
    await loadPropertiesOf(opening.clauses)
    this.#among = opening.clauses.flatMap(propertiesOf)
    this.#evidences = this.#implementations.map(() => new Evidence())
    const implementations = this.#implementations.map(({ name, version, device }) => ({
      name,
      version,
      device,
    }))
    tell({ kind: 'opened', implementations })
  }

  async #check({ clauses, barred }: Extract<ToJob, { kind: 'check' }>): Promise<void> {
    const { runs, seed, deadline, kept, caseTimeout, kills, endsAt } = this.#opening!
    const ends = new Set(endsAt)
    const parts = await runPart({
      clauses: clauses.map((id) => clauseById(id)!),
      implementations: this.#implementations,
      ...{ runs, seed, kept, barred },
      deadline: deadline === null ? null : deadline - aheadOfThis,
      ...(caseTimeout !== undefined && { caseTimeout }),
      kills: new Map(kills),
      signal: this.#stop.signal,
      among: this.#among,
      endsAt: (property) => {
        if (!ends.has(property)) return false
        tell({ kind: 'ends', reason: 'the run ended at the first failure' })
        return true
      },
      onBegin: ({ id }) => tell({ kind: 'begins', property: id }),
      onProgress: (event) => tell({ kind: 'progress', event }),
    })
    for (const [i, { evidence }] of parts.entries()) {
      for (const id of evidence.operations) this.#evidences[i]!.add(id, evidence.given(id))
    }
    tell({ kind: 'checked', parts: parts.map(({ clauses, mismatch }) => ({ clauses, mismatch })) })
  }
}

function tell(message: FromJob): void {
  // The run may have gone meanwhile, which `disconnect` tells.
  if (process.connected) process.send!(message, () => {})
}

tuneV8()

// A signal to all processes of a terminal is for the run, which decides what becomes of its jobs.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

process.on('disconnect', async () => {
  await closeOpened()
  process.exit()
})

endWithParent()
const job = new Job()
process.on('message', (message: ToJob) => {
  job.act(message).catch((error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    tell({ kind: 'defect', stack })
  })
})
