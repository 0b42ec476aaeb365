import { describe, expect, it } from 'vitest'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operationById } from '../../spec/index.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { changed, reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { properties } from '../properties/index.ts'
import { diagnose } from './diagnose.ts'
import { boundedBy } from './expectations.ts'
import type { Fault } from './fault.ts'
import type { Evaluate } from './implementation.ts'

const faults = [...new Set(properties.flatMap(({ kills }) => kills))].filter(
  ({ operation }) => operation.id === 'cnn.conv2d',
)
const convolution = clauses.filter(({ id }) => id === 'cnn.conv2d.forward').map(({ id }) => id)

async function namesOf(evaluate: Evaluate): Promise<ReadonlySet<string>> {
  const report = await reportOn(spoilt({ 'cnn.conv2d': evaluate }), convolution, 60)
  const verdicts = report.clauses.flatMap(({ properties }) => properties.map((p) => p.verdict))
  return new Set(
    verdicts.flatMap((verdict) =>
      verdict.outcome !== 'violates'
        ? []
        : verdict.diagnosis === null
          ? verdict.candidates
          : [verdict.diagnosis],
    ),
  )
}

describe('a diagnosis', () => {
  it('names the fault that gives all of the answers', async () => {
    const flips = faults.find(({ name }) => /flips/.test(name))!
    expect([...(await namesOf(flips.evaluate))]).toEqual([flips.name])
  })

  it('names no fault that gives only some of them', async () => {
    const flips = faults.find(({ name }) => /flips/.test(name))!
    const sometimes: Evaluate = (inputs, parameters) =>
      (inputs.x!.shape[3] === 3 ? right.operations['cnn.conv2d']! : flips.evaluate)(
        inputs,
        parameters,
      )
    expect(await namesOf(sometimes)).toEqual(new Set())
  })

  it('names no fault that answers NaN where an implementation answers a number', async () => {
    const operation = operationById('cnn.maxPool')!
    const y = (value: number): Tensor => ({
      ...{ dtype: 'float32', shape: [1, 1, 1, 1] },
      data: new Float32Array([value]),
    })
    const always = (name: string, value: number): Fault => ({
      ...{ id: name, operation, name },
      evaluate: () => ({ y: y(value) }),
    })
    const known = [always('NaN', Number.NaN), always('∞', Infinity), always('three', 3)]
    const parameters = { kernel: [1, 1], strides: [1, 1], padding: 'valid' }
    const question = { operation, inputs: { x: y(1) }, parameters }
    const given = Array.from({ length: 8 }, () => ({ question, answer: { y: y(3) } }))
    expect(await diagnose(known, given, referencesById, boundedBy('float32', ieee))).toEqual([
      'three',
    ])
  })

  it('works out no more of what is right once every fault is ruled out', async () => {
    const operation = operationById('cnn.maxPool')!
    const y = (value: number): Tensor => ({
      ...{ dtype: 'float32', shape: [1, 1, 1, 1] },
      data: new Float32Array([value]),
    })
    const parameters = { kernel: [1, 1], strides: [1, 1], padding: 'valid' }
    const given = Array.from({ length: 20 }, (_, i) => ({
      question: { operation, inputs: { x: y(i) }, parameters },
      answer: { y: y(i + 7) },
    }))
    const asked: number[] = []
    const counting: typeof referencesById = {
      ...referencesById,
      'cnn.maxPool': (arithmetic, inputs, itsParameters) => {
        asked.push(asked.length)
        return referencesById['cnn.maxPool']!(arithmetic, inputs, itsParameters)
      },
    }
    const off: Fault = { id: 'off', operation, name: 'off', evaluate: () => ({ y: y(0) }) }
    expect(await diagnose([off], given, counting, boundedBy('float32', ieee))).toEqual([])
    expect(asked.length).toBe(1)
  })

  it('names nothing where the mistake is another', async () => {
    expect(await namesOf(changed('cnn.conv2d', (value) => value + 1))).toEqual(new Set())
  })
})
