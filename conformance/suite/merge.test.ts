import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { elements } from '../../spec/language/tensor.ts'
import { ImplementationFailure } from '../base/errors.ts'
import { Evidence } from '../engine/evidence.ts'
import { faulty, referenceImplementation } from '../engine/fault.ts'
import type { Evaluate, Implementation } from '../engine/implementation.ts'
import { properties } from '../properties/index.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { divided, unitsOf } from './divide.ts'
import { environmentOf } from './environment.ts'
import { merge } from './merge.ts'
import type { Report } from './model.ts'
import { type Part, runPart } from './part.ts'
import { run } from './run.ts'
import { passes } from './verdict.ts'

const right = referenceImplementation(operations, referencesById)

const chosen: readonly Clause[] = clauses.filter(({ id }) =>
  /^cnn\.(pool\.(max|channelwise|output-size|max-vs-avg)|flatten)$/.test(id),
)

const options = { clauses: chosen, runs: 8, seed: 3, kept: {}, onProgress: () => {} }

const withPool = (change: (evaluate: Evaluate) => Evaluate): Implementation => ({
  ...right,
  operations: { ...right.operations, 'cnn.maxPool': change(right.operations['cnn.maxPool']!) },
})

const known = properties
  .flatMap(({ kills }) => kills)
  .find(({ name }) => name.startsWith('starts the search'))!

const implementations: Readonly<Record<string, Implementation>> = {
  'is right': right,
  'makes a known mistake': faulty(right, known),
  'makes several mistakes': {
    ...right,
    operations: {
      ...right.operations,
      'cnn.avgPool': () => ({ y: { dtype: 'float32', shape: [1], data: new Float32Array(1) } }),
      'cnn.flatten': (inputs, parameters) => {
        const { y } = right.operations['cnn.flatten']!(inputs, parameters) as { y: never }
        return { y, z: y }
      },
      'cnn.maxPool': known.evaluate,
    },
  },
  'dies of large questions': withPool((evaluate) => (inputs, parameters) => {
    if (elements(inputs.x!.shape) <= 60) return evaluate(inputs, parameters)
    throw new ImplementationFailure('it was killed by SIGSEGV')
  }),
  'provides a part': {
    ...right,
    operations: { 'cnn.maxPool': right.operations['cnn.maxPool']! },
    supports: { 'cnn.maxPool': { sizes: { N: 1 } } },
  },
}

/** The report of a run of which each part is done by itself, in an order of their own. */
async function inParts(implementation: Implementation, parts: readonly (typeof chosen)[]) {
  const among = chosen.flatMap(({ id }) => propertiesOf(id))
  const done: Part[] = []
  for (const part of parts.toReversed()) {
    const whole = { ...options, clauses: part, among, deadline: null }
    const [found] = await runPart({ ...whole, implementations: [implementation] })
    done.push(found!)
  }
  return { done, report: await merged(implementation, done) }
}

async function merged(implementation: Implementation, parts: readonly Part[]): Promise<Report> {
  const environment = environmentOf(implementation, options)
  return merge(parts, { clauses: chosen, implementation, environment, seconds: 1 })
}

/** What two runs of the same have in common. */
function timeless({ clauses, summary }: Report) {
  const parts = clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.map((property) => ({ ...property, seconds: 0 })),
  }))
  return { clauses: parts, summary: { ...summary, seconds: 0 } }
}

describe('a run that is merged from parts', () => {
  for (const [what, implementation] of Object.entries(implementations)) {
    it(`equals one in a piece, for an implementation that ${what}`, async () => {
      const whole = await run({ ...options, implementation, seconds: null })
      const units = unitsOf(chosen, options.runs)
      for (const parts of [2, 3]) {
        const { report } = await inParts(implementation, divided(units, parts, options.runs))
        expect(timeless(report)).toEqual(timeless(whole))
      }
    })
  }

  it('finds what does not last until the next question, as one in a piece does', async () => {
    const buffer = new Float32Array(2 ** 16)
    const reusing = withPool((evaluate) => async (inputs, parameters) => {
      const { y } = await evaluate(inputs, parameters)
      buffer.set(y!.data)
      return { y: { ...y!, data: buffer.subarray(0, y!.data.length) } }
    })
    const whole = await run({ ...options, implementation: reusing, seconds: null })
    const { report } = await inParts(reusing, divided(unitsOf(chosen, options.runs), 3, 8))
    const outcomesIn = ({ clauses }: Report) =>
      clauses.flatMap(({ properties }) =>
        properties.map(({ id, verdict: { outcome } }) => `${id}: ${outcome}`),
      )
    expect(outcomesIn(report)).toEqual(outcomesIn(whole))
    expect(whole.summary.unstable).toBeGreaterThan(3)
  })

  it('tells a known mistake by answers that no part has enough of', async () => {
    const { done, report } = await inParts(
      implementations['makes a known mistake']!,
      unitsOf(chosen, options.runs),
    )
    const diagnosesIn = ({ clauses }: Pick<Report, 'clauses'>) =>
      clauses.flatMap((clause) =>
        clause.properties.flatMap(({ verdict }) =>
          verdict.outcome === 'violates' && verdict.diagnosis !== null ? [verdict.diagnosis] : [],
        ),
      )
    expect(new Set(diagnosesIn(report))).toEqual(new Set([known.name]))
    const forgotten = done.map((part) => ({ ...part, evidence: new Evidence() }))
    expect(diagnosesIn(await merged(right, forgotten))).toEqual([])
  })

  it('passes nothing where something else did the work of a part', async () => {
    const { done } = await inParts(right, unitsOf(chosen, options.runs))
    const [first, ...others] = done
    const report = await merged(right, [
      ...others,
      { ...first!, mismatch: 'something else did it' },
    ])
    expect(report.environment.mismatch).toBe('something else did it')
    expect(passes(report)).toBe(false)
    expect(report.summary.conforms).toBe(0)
  })

  it('is none where a clause is missing, or there twice', async () => {
    const [part] = await runPart({
      ...options,
      clauses: chosen.slice(0, 1),
      implementations: [right],
      deadline: null,
    })
    await expect(merged(right, [part!])).rejects.toThrow(`${chosen[1]!.id} is in no part of a run`)
    await expect(merged(right, [part!, part!])).rejects.toThrow('is in several parts of a run')
  })
})
