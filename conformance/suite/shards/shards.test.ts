import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { clauses, operations } from '../../../spec/index.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { properties } from '../../properties/index.ts'
import type { Report } from '../model.ts'
import { gather, runMany } from '../run.ts'
import { divide } from './divide.ts'
import { readShard, shardFile, writeShard } from './file.ts'
import { makeShard } from './make.ts'
import { mergeShards } from './merge.ts'
import { wholeOf } from './whole.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-shards-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const right = referenceImplementation(operations, referencesById)

const known = properties
  .flatMap(({ kills }) => kills)
  .find(({ name }) => name.startsWith('starts the search'))!

/** Right but for a known mistake, NaN in the place of a number, and an answer of a wrong shape. */
const wrong: Implementation = {
  ...right,
  name: 'wrong',
  operations: {
    ...right.operations,
    'cnn.maxPool': known.evaluate,
    'cnn.avgPool': async (inputs, parameters) => {
      const { y } = await right.operations['cnn.avgPool']!(inputs, parameters)
      return { y: { ...y!, data: y!.data.map((value) => (value > 3 ? Number.NaN : value)) } }
    },
    'cnn.flatten': () => ({ y: { dtype: 'float32', shape: [1], data: new Float32Array(1) } }),
  },
}

const options = {
  clauses: clauses.filter(({ id }) => /^cnn\.(pool\.(max|av|channelwise|output)|flatten)/.test(id)),
  implementations: [right, wrong],
  runs: 5,
  seed: 3,
  seconds: null,
  kept: {},
  // That faults are merged, too, is seen where parts are.
  killing: false,
  onProgress: () => {},
}

let files = 0

/** Runs a shard as a process of its own would, and gives the file that it leaves. */
async function runShard(index: number, count: number, more: Partial<typeof options> = {}) {
  const asked = { ...options, ...more }
  const { shares, division } = divide(asked.clauses, { count, runs: asked.runs })
  const found = await gather({ ...asked, share: shares[index - 1]! })
  const shard = makeShard({ index, count, division }, found, asked, {
    found: ['', 'wrong'].map((specifier) => ({ option: ` -i ${specifier}`, specifier })),
    explained: [{}, {}],
  })
  const file = join(folder, String(files++), shardFile(shard))
  writeShard(shard, file)
  return file
}

const filed = (files: readonly string[]) => files.map((file) => ({ file, shard: readShard(file) }))

/** What two runs of the same have in common. */
function timeless({ environment, ...report }: Report) {
  const clauses = report.clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.map((property) => ({ ...property, seconds: 0 })),
  }))
  const same = { ...environment, jobs: 0, startedAt: '' }
  return { ...report, clauses, summary: { ...report.summary, seconds: 0 }, environment: same }
}

describe('the shards of a run', () => {
  it('make the report of a run in one piece, for 1, 2, 3 and 7 of them', async () => {
    const expected = await runMany(options)
    expect(expected[1]!.summary.violates).toBeGreaterThan(5)
    const diagnoses = JSON.stringify(expected[1]).match(/"diagnosis":"[^"]+/g)
    expect(diagnoses?.length).toBeGreaterThan(0)
    for (const count of [1, 2, 3, 7]) {
      const left: string[] = []
      for (let index = count; index >= 1; index--) left.push(await runShard(index, count))
      const merged = await mergeShards(wholeOf(filed(left)))
      expect(merged.map(({ report }) => timeless(report))).toEqual(expected.map(timeless))
      expect(merged.map(({ found }) => found.specifier)).toEqual(['', 'wrong'])
    }
  })

  it('are of no use where one is missing, there twice or of another run', async () => {
    const cheap = { clauses: options.clauses.filter(({ id }) => id === 'cnn.flatten') }
    const [first, second] = [await runShard(1, 2, cheap), await runShard(2, 2, cheap)]
    const error =
      (...files: readonly string[]) =>
      () =>
        wholeOf(filed(files))
    expect(error(first, second)).not.toThrow()
    expect(error()).toThrow('there is no shard to merge')
    expect(error(second)).toThrow('1 shard of 2 is missing: 1')
    expect(error(first, second, first)).toThrow('shard 1 of 2 is given twice')
    expect(error(first, await runShard(2, 2, { ...cheap, seed: 4 }))).toThrow('of another seed')
    expect(error(first, await runShard(2, 2, { ...cheap, runs: 4 }))).toThrow('another number')
    expect(error(first, await runShard(2, 3, cheap))).toThrow('of another division')
    const ours = { ...cheap, implementations: [right] }
    expect(error(first, await runShard(2, 2, ours))).toThrow('of another implementation')
    const { shard } = filed([second])[0]!
    const stranger = { ...shard, run: { ...shard.run, commit: 'of another day' } }
    expect(() => wholeOf([...filed([first]), { file: 'x', shard: stranger }])).toThrow(
      'x is of another commit',
    )
  })

  it('are of no use where the file of one is damaged', async () => {
    const cheap = { clauses: options.clauses.filter(({ id }) => id === 'cnn.flatten') }
    const file = await runShard(1, 1, cheap)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('\\"violates\\"', '\\"conforms\\"'))
    expect(readFileSync(file, 'utf8')).not.toBe(text)
    expect(() => readShard(file)).toThrow('is damaged: it does not have the digest')
    truncateSync(file, Math.floor(text.length / 2))
    expect(() => readShard(file)).toThrow(/ is damaged: it is cut short, after \d+ bytes/)
    writeFileSync(file, '{}')
    expect(() => readShard(file)).toThrow('is no shard of a run')
    expect(() => readShard(join(folder, 'nowhere.json'))).toThrow('cannot be read')
  })
})
