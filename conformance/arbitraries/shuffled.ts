import type * as fc from 'fast-check'

/** The same items in an order in which every one is as likely as any other. */
export function shuffled<T>(items: readonly T[], random: fc.Random): T[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.nextInt(0, i)
    ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
  }
  return shuffled
}
