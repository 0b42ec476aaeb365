/// <reference lib="dom" />
import type { KeptPart } from './messages.ts'

const table = 'parts'

/**
 * What was done of a run, kept by the browser until the run is over, so that it goes on where it was when its
 * page was closed. Where a browser keeps nothing, such as in private windows, a run begins anew.
 */
export class Store {
  readonly #database: Promise<IDBDatabase | null>

  constructor() {
    this.#database = new Promise((resolve) => {
      try {
        const request = indexedDB.open('touchstone', 1)
        request.onupgradeneeded = () => request.result.createObjectStore(table)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => resolve(null)
      } catch {
        resolve(null)
      }
    })
  }

  /** The parts of a run, by unit. */
  async parts(run: string): Promise<Readonly<Record<string, KeptPart>>> {
    const rows = (await this.#ask('readonly', (store) => store.getAll(of(run)))) ?? []
    return Object.fromEntries((rows as readonly Row[]).map(({ unit, part }) => [unit, part]))
  }

  async keep(run: string, unit: string, part: KeptPart): Promise<void> {
    await this.#ask('readwrite', (store) => store.put({ unit, part } satisfies Row, [run, unit]))
  }

  async forget(run: string): Promise<void> {
    await this.#ask('readwrite', (store) => store.delete(of(run)))
  }

  async #ask<T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> {
    const database = await this.#database
    if (database === null) return null
    return new Promise((resolve) => {
      const request = act(database.transaction(table, mode).objectStore(table))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    })
  }
}

interface Row {
  readonly unit: string
  readonly part: KeptPart
}

/** All keys of a run: arrays sort after every text. */
const of = (run: string) => IDBKeyRange.bound([run], [run, []])
