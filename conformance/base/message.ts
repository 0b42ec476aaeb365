/** What was thrown, in words; anything can be thrown, even what cannot be turned into text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown)
  } catch {
    return `something of type ${typeof thrown} that cannot be shown`
  }
}
