import type { Implementation } from '../engine/implementation.ts'

/** What was started for implementations and is to be ended before the program ends. */
const opened = new Set<Implementation>()

/** The same implementation, which `closeOpened` closes if nobody else does. */
export function toBeClosed(implementation: Implementation): Implementation {
  const noted: Implementation = {
    ...implementation,
    close: async () => {
      opened.delete(noted)
      await implementation.close?.()
    },
  }
  opened.add(noted)
  return noted
}

/** Ends everything that was started and is still there. */
export async function closeOpened(): Promise<void> {
  await Promise.all([...opened].map((implementation) => implementation.close?.()))
}
