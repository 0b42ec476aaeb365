import { adversarial } from './checked-adversarial.ts'
import { books } from './checked-books.ts'
import { compression } from './checked-compression.ts'
import { federated } from './checked-federated.ts'
import { images } from './checked-images.ts'
import { sequences } from './checked-sequences.ts'
import { software } from './checked-software.ts'
import type { Checked } from './language/checked.ts'
import type { Publication } from './language/clause.ts'

/**
 * Every citation that was compared with its publication. What is not here was not checked: nobody had the
 * publication open, and the number of a section or an equation may be wrong. A test refuses what no clause cites.
 */
export const checked: readonly Checked[] = [
  ...books,
  ...images,
  ...compression,
  ...sequences,
  ...federated,
  ...adversarial,
  ...software,
]

/** In which form a citation was compared with its publication; `null` if it was not. */
export function readIn({ title, where }: Publication): string | null {
  const found = checked.find((it) => it.title === title && it.where.includes(where))
  return found?.readIn ?? null
}

/** What stands beside a citation that was not compared with its publication. */
export const unchecked = 'not checked against the publication'
