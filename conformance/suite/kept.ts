import type { Case } from '../arbitraries/case.ts'
import { messageOf } from '../base/message.ts'
import type { Capsule } from '../engine/capsule.ts'
import { caseIn } from '../engine/encapsulate.ts'
import { readOwnCapsule } from './own-capsule.ts'
import { ownCapsules } from './own-capsules.ts'

/** Cases that are tried before all others, by property, and what is wrong with the files of others. */
export interface Kept {
  readonly kept: Readonly<Record<string, readonly Case[]>>
  readonly problems: readonly string[]
}

/**
 * The cases of capsules, by how each is read. One that is none, or of a property that has changed since, is
 * left out and named.
 */
export function keptIn(capsules: Readonly<Record<string, () => Capsule>>): Kept {
  const kept: Record<string, Case[]> = {}
  const problems: string[] = []
  for (const [file, read] of Object.entries(capsules)) {
    try {
      const capsule = read()
      kept[capsule.property] = [...(kept[capsule.property] ?? []), caseIn(capsule)]
    } catch (error) {
      problems.push(`${file}: ${messageOf(error)}`)
    }
  }
  return { kept, problems }
}

/**
 * How the capsules are read that come with the project. To check one against the schema takes longer than to
 * try its case a thousand times.
 */
export function readOwnCapsules(): Readonly<Record<string, () => Capsule>> {
  return Object.fromEntries(
    Object.entries(ownCapsules()).map(([file, written]) => [file, () => readOwnCapsule(written)]),
  )
}
