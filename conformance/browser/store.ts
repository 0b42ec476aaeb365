/// <reference lib="dom" />
import { type KeptRun, nothingKept } from './messages.ts'

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

  /** What is kept of a run. */
  async read(run: string): Promise<KeptRun> {
    const rows = (await this.#ask('readonly', (store) => store.getAll(of(run)))) ?? []
    const kept = structuredClone(nothingKept) as {
      -readonly [name in keyof KeptRun]: KeptRun[name]
    }
    for (const { name, id, value } of rows as readonly Row[]) {
      if (id === null) Object.assign(kept, { [name]: value })
      else Object.assign(kept[name], { [id]: value })
    }
    return kept
  }

  /** Keeps more of a run, or something newer. */
  async keep(run: string, { seconds, parts, underway }: KeptRun): Promise<void> {
    const rows: readonly Row[] = [
      { name: 'seconds', id: null, value: seconds },
      ...Object.entries(parts).map(([id, value]): Row => ({ name: 'parts', id, value })),
      ...Object.entries(underway).map(([id, value]): Row => ({ name: 'underway', id, value })),
    ]
    await this.#ask('readwrite', (store) => {
      const puts = rows.map((row) => store.put(row, [run, row.name, row.id ?? '']))
      return puts.at(-1)!
    })
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

/** A piece of what is kept of a run. */
interface Row {
  readonly name: keyof KeptRun
  readonly id: string | null
  readonly value: unknown
}

/** All keys of a run: arrays sort after every text. */
const of = (run: string) => IDBKeyRange.bound([run], [run, []])
