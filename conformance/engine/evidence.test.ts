import { describe, expect, it } from 'vitest'
import { maxPool } from '../../spec/cnn/pool.ts'
import { Evidence } from './evidence.ts'
import type { Asked } from './trial.ts'

/** A question that is told from others by the number that it is about. */
const asked = (value: number): Asked => {
  const x = { dtype: 'float32', shape: [1], data: Float32Array.of(value) } as const
  return { question: { operation: maxPool, inputs: { x }, parameters: {} }, answer: { y: x } }
}

/** The notes of a run, of which each part may keep some only. */
const notes = Array.from({ length: 300 }, (_, i) => ({
  place: i,
  part: Math.floor(i / 7) % 3,
  failed: i % 3 === 0,
}))

const evidenceOf = (some: typeof notes) => {
  const evidence = new Evidence()
  for (const { place, failed } of some) {
    evidence.place = place
    evidence.note([asked(place)], failed)
  }
  return evidence
}

describe('what is kept of the answers of a run', () => {
  it('is the same, whether its parts were noted together or each by itself', () => {
    const all = new Evidence()
    for (const part of [2, 0, 1]) {
      const evidence = evidenceOf(notes.filter((note) => note.part === part))
      for (const id of evidence.operations) all.add(id, evidence.given(id))
    }
    expect(all.of(maxPool.id)).toEqual(evidenceOf(notes).of(maxPool.id))
    expect(all.of(maxPool.id)).toHaveLength(96)
  })
})
