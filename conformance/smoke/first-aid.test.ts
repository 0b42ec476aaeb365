import { describe, expect, it } from 'vitest'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Evaluate } from '../engine/implementation.ts'
import { changed, reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { problemWith } from '../suite/schema.ts'
import { firstAid, patientsIn } from './first-aid.ts'
import { flipped } from './layout.ts'

const clauses = ['cnn.conv2d.forward', 'cnn.conv2d.linearity', 'cnn.conv2d.filter-bank']

/** The first aid for a convolution that answers in this way. */
async function aidFor(conv2d: Evaluate) {
  const implementation = spoilt({ 'cnn.conv2d': conv2d })
  const report = await reportOn(implementation, clauses)
  return { report, aid: await firstAid(report, implementation) }
}

const zerosLike = ({ shape }: Tensor): Tensor => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(elements(shape)),
})

const flipping: Evaluate = ({ filters, ...rest }, parameters) =>
  right.operations['cnn.conv2d']!({ ...rest, filters: flipped(filters!, [0, 1]) }, parameters)

describe('first aid', () => {
  it('names what explains an operation that is wrong nearly everywhere', async () => {
    const { report, aid } = await aidFor(flipping)
    expect(aid).toMatchObject([
      {
        operation: 'cnn.conv2d',
        says: 'its answers equal ours with filters flipped along Hf and Wf',
      },
    ])
    expect(aid[0]!.failing).toBeGreaterThan(0)
    expect(aid[0]!.properties).toBeGreaterThan(aid[0]!.failing)
    expect(problemWith('report', { ...report, firstAid: aid })).toBeNull()
  })

  it('names nothing where no misreading explains it', async () => {
    const { aid } = await aidFor(changed('cnn.conv2d', (value) => 2 * value + 1))
    expect(aid).toMatchObject([{ operation: 'cnn.conv2d', says: null }])
  })

  it('does not say that nothing explains what the report names', async () => {
    const { report, aid } = await aidFor((inputs, parameters) =>
      right.operations['cnn.conv2d']!({ ...inputs, bias: zerosLike(inputs.bias!) }, parameters),
    )
    expect(patientsIn(report)).toMatchObject([{ operation: 'cnn.conv2d', isSevere: true }])
    const verdicts = report.clauses.flatMap(({ properties }) => properties.map((it) => it.verdict))
    expect(verdicts).toContainEqual(expect.objectContaining({ diagnosis: 'forgets the bias' }))
    expect(aid).toEqual([])
  })

  it('does not say that nothing explains answers that differ from one time to the next', async () => {
    let asked = 0
    const { report, aid } = await aidFor(
      changed('cnn.conv2d', (value) => value + (asked++ % 3) + 1),
    )
    expect(report.summary.unstable).toBeGreaterThan(0)
    expect(patientsIn(report)).toMatchObject([{ operation: 'cnn.conv2d', isSevere: true }])
    expect(aid).toEqual([])
  })

  it('is silent about what is refused for no reason that a misreading explains', async () => {
    const { report, aid } = await aidFor(() => {
      throw new Error("Kernel 'Conv2D' not registered")
    })
    expect(report.summary.errored).toBeGreaterThan(0)
    expect(patientsIn(report)).toMatchObject([{ operation: 'cnn.conv2d', isSevere: false }])
    expect(aid).toEqual([])
  })

  it('is not for what is right, or wrong in few cases', async () => {
    expect((await aidFor(right.operations['cnn.conv2d']!)).aid).toEqual([])
    const { report, aid } = await aidFor((inputs, parameters) => {
      const isRare = inputs.filters!.shape[0]! % 2 === 0
      return isRare
        ? flipping(inputs, parameters)
        : right.operations['cnn.conv2d']!(inputs, parameters)
    })
    expect(report.summary.violates).toBeGreaterThan(0)
    expect(aid).toEqual([])
  })

  it('is not for what lets wrong arguments through, or does not answer at all', async () => {
    const { report } = await aidFor(flipping)
    const clause = report.clauses.find(({ id }) => id === 'cnn.conv2d.forward')!
    const property = clause.properties.find(({ id }) => id.endsWith('/exact'))
    const verdict = property!.verdict
    expect(verdict.outcome).toBe('violates')
    const others = ['accepted', 'failed', 'defect'] as const
    for (const kind of others) {
      const properties = [{ ...property!, verdict: { ...verdict, kind } as typeof verdict }]
      expect(patientsIn({ clauses: [{ ...clause, properties }], known: null })).toEqual([])
    }
    expect(patientsIn({ clauses: [clause], known: null })).toHaveLength(1)
  })

  it('is not for what is known to fail', async () => {
    const { report } = await aidFor(flipping)
    const failing = report.clauses.flatMap(({ properties }) =>
      properties.map(({ id }) => ({ property: id, reason: 'flips', link: null })),
    )
    const known = { file: 'known.json', failing, stale: [] }
    expect(patientsIn({ ...report, known })).toEqual([])
  })
})
