import { checkProperties } from '../../conformance/engine/check.ts'
import { isNoticed, propertiesAsking, references, rightBut, type Trying } from './notice.ts'
import type { Variation } from './variation.ts'

/** A property that objects to a right variation. */
export interface Alarm {
  readonly variation: Variation
  readonly property: string
  readonly reason: string
}

/** Tries right variations on every property that asks their operations. */
export async function tryVariations(
  variations: readonly Variation[],
  { runs, seed }: Trying,
): Promise<readonly Alarm[]> {
  const alarms: Alarm[] = []
  for (const operation of new Set(variations.map((v) => v.operation.id))) {
    const varied = variations.filter((v) => v.operation.id === operation)
    const candidates = varied.map(({ id, evaluate, profile }) => ({
      implementation: {
        ...rightBut(id, { [operation]: evaluate }),
        ...(profile && { profile }),
      },
      ...{ runs, deadline: null, kept: [], shrink: false, intermediates: false },
    }))
    for (const property of propertiesAsking(operation)) {
      const checked = await checkProperties(property, candidates, references, seed)
      for (const [i, { verdict }] of checked.entries()) {
        if (!isNoticed(verdict.outcome) || !('reason' in verdict)) continue
        alarms.push({ variation: varied[i], property: property.id, reason: verdict.reason })
      }
    }
  }
  return alarms
}
