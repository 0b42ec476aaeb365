import { operations } from '../../spec/index.ts'
import type { Level } from '../../spec/language/operation.ts'

/**
 * Why operations are not provided, by id. What belongs to a level that is claimed has no excuse: its
 * reason becomes that it was claimed.
 */
export function reasonsFor(
  levels: readonly Level[],
  provided: readonly string[],
  unsupported: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const broken = operations.filter(
    ({ id, level }) => levels.includes(level) && !provided.includes(id),
  )
  return {
    ...unsupported,
    ...Object.fromEntries(
      broken.map(({ id, level }) => [
        id,
        `it claims the level ${level} but does not provide ${id}${unsupported[id] ? ` (${unsupported[id]})` : ''}`,
      ]),
    ),
  }
}
