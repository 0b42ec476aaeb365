/** Where texts are kept for later runs of the same code with the same seed, by name. */
export interface Shelf {
  read(name: string): string | null
  write(name: string, text: string): void
}

/** How something is written as a text, and read. */
interface Form<T> {
  readonly write: (made: T) => string
  readonly read: (text: string) => T
}

let shelf: Shelf | null = null

/** A shelf in the memory of this process. */
export function shelfHere(): Shelf {
  const texts = new Map<string, string>()
  return {
    read: (name) => texts.get(name) ?? null,
    write: (name, text) => void texts.set(name, text),
  }
}

/** Has what is worked out from now on be kept on a shelf, and taken from there; on none, unless told so. */
export function keepOn(chosen: Shelf | null): void {
  shelf = chosen
}

/**
 * What `work` makes of nothing but the code, the seed of the run and what the name says. With a shelf it is made
 * once, and taken from there by later runs; what cannot be read there is made again.
 */
export function workedOut<T>(name: string, work: () => T, { write, read }: Form<T>): T {
  if (shelf === null) return work()
  const text = shelf.read(name)
  if (text !== null) {
    try {
      return read(text)
    } catch {
      // Another program wrote it, or a part of it.
    }
  }
  const made = work()
  shelf.write(name, write(made))
  return made
}
