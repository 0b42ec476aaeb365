/// <reference lib="dom" />
import { type KeptRun, nothingKept } from './messages.ts'

const table = 'parts'

/** For how long a run is kept that nobody goes on with, in milliseconds: 30 days. */
const keptFor = 30 * 24 * 60 * 60 * 1000

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

  /** What is kept of a run; others that were left long ago are forgotten. */
  async read(run: string): Promise<KeptRun> {
    await this.#forgetOld()
    const rows = (await this.#ask('readonly', (store) => store.getAll(of(run)))) ?? []
    const kept = structuredClone(nothingKept) as {
      -readonly [name in keyof KeptRun]: KeptRun[name]
    }
    for (const { name, id, value } of rows as readonly Row[]) {
      if (name === 'at') continue
      if (id === null) Object.assign(kept, { [name]: value })
      else Object.assign(kept[name], { [id]: value })
    }
    return kept
  }

  /** Keeps more of a run, or something newer. */
  async keep(run: string, { seconds, parts, underway }: KeptRun): Promise<void> {
    const rows: readonly Row[] = [
      { name: 'at', id: null, value: Date.now() },
      { name: 'seconds', id: null, value: seconds },
      ...Object.entries(parts).map(([id, value]): Row => ({ name: 'parts', id, value })),
      ...Object.entries(underway).map(([id, value]): Row => ({ name: 'underway', id, value })),
    ]
    await this.#ask('readwrite', (store) => {
      const puts = rows.map((row) => store.put(row, [run, row.name, row.id ?? ''] satisfies Key))
      return puts.at(-1)!
    })
  }

  async forget(run: string): Promise<void> {
    await this.#ask('readwrite', (store) => store.delete(of(run)))
  }

  /** Forgets what was kept last so long ago that nobody goes on with it, such as of an earlier version of the page. */
  async #forgetOld(): Promise<void> {
    const keys = (await this.#ask('readonly', (store) => store.getAllKeys())) ?? []
    for (const run of new Set(keys.map((key) => (key as Key)[0]))) {
      const key: Key = [run, 'at', '']
      const row: Row | null = await this.#ask('readonly', (store) => store.get(key))
      if (!(Number(row?.value) > Date.now() - keptFor)) await this.forget(run)
    }
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

type Key = [run: string, name: Row['name'], id: string]

/** A piece of what is kept of a run, or when something of it was kept last. */
interface Row {
  readonly name: keyof KeptRun | 'at'
  readonly id: string | null
  readonly value: unknown
}

/** All keys of a run: arrays sort after every text. */
const of = (run: string) => IDBKeyRange.bound([run], [run, []])
