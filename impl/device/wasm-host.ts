import { folderOf } from './packages.ts'

/** Where the backend finds its binaries: a folder, or an address for each of them. */
export const binaries = async (name: string): Promise<string | Readonly<Record<string, string>>> =>
  folderOf(name)

/** The WebAssembly runtime catches the errors of the whole process and throws them again. */
export async function keepingListeners(action: () => Promise<void>): Promise<void> {
  const events = ['unhandledRejection', 'uncaughtException']
  const before = events.map((event) => new Set(process.listeners(event as 'beforeExit')))
  await action()
  for (const [i, event] of events.entries()) {
    for (const listener of process.listeners(event as 'beforeExit')) {
      if (!before[i]!.has(listener)) process.off(event, listener)
    }
  }
}
