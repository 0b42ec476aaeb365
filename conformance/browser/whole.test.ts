import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { oursOn } from '../adapters/ours.ts'
import { stringify } from '../base/json.ts'
import { noBrowser } from '../fixtures/chromium.ts'
import { Pages } from '../fixtures/pages.ts'
import { keptCases } from '../suite/kept-folders.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { run } from '../suite/run.ts'
import { pageHtml } from './build.ts'
import { usual } from './settings.ts'

/** However slow the machine is. */
const patience = 900_000

const areaOf = ({ id }: { readonly id: string }) => id.slice(0, id.indexOf('.'))
const areas = [...new Set(clauses.map(areaOf))]

/** Of each chapter a clause on what it computes of arrays, which a graphics unit does and not the processor. */
const computing = [
  'cnn.backprop.filter-gradient',
  'training.lr.transient-decrease',
  'inception.aux.inference',
  'resnet.downsample.stride2',
  'transfer.freeze',
  'compression.sharing.tied-gradient',
  'pruning.unit-score',
  'lowrank.two-layer',
  'distillation.logit-imitation',
  'quantization.binary.product',
  'efficient.shufflenet.channel-shuffle',
  'rnn.forward.output',
  'bptt.jacobian-product',
  'activation.derivatives',
  'lstm.forget-limits',
  'gru.merged-gate',
  'federated.aggregate.weighted-mean',
  'gan.tconv.adjoint',
]

describe.skipIf(noBrowser)(
  `the whole suite in a page${noBrowser ? ` (skipped: ${noBrowser})` : ''}`,
  () => {
    let pages: Pages

    beforeAll(async () => {
      pages = await Pages.of(await pageHtml())
    })
    afterAll(() => pages?.close())
    afterEach(() => expect(pages.problems).toEqual([]))

    it('comes to the verdict and the utilization of Node for every property on WebAssembly', {
      timeout: patience,
    }, async () => {
      // One case of each property goes through all of its code.
      const { runs, seed } = { ...usual, runs: 1 }
      const there = await pages.checked({ ...usual, runs, seed })
      // Nobody who is checked is asked for them, and the page has tried them all.
      const kills = new Map(propertiesOf(there).map(({ id, faults }) => [id, faults]))
      const { implementation } = await oursOn('wasm')
      const here = await run({
        ...{ implementation, clauses, runs, seed, seconds: null },
        ...{ kills, kept: keptCases([]).kept, onProgress() {} },
      })
      expect(propertiesOf(there).filter(isWrong)).toEqual([])
      expect(differing(propertiesOf(there), propertiesOf(JSON.parse(stringify(here))))).toEqual([])
      expect(there.clauses.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id))
    })

    it('asks WebGPU something of every chapter within its time, and nothing is wrong', {
      timeout: patience,
    }, async () => {
      expect(new Set(computing.map((id) => areaOf({ id })))).toEqual(new Set(areas))
      const globs = computing.join(',')
      const settings = { ...usual, subject: 'touchstone:webgpu', clauses: globs, runs: 2 }
      const report = await pages.checked({ ...settings, seconds: 300 })
      expect(report.environment.device).toContain('SwiftShader')
      expect(propertiesOf(report).filter(isWrong)).toEqual([])
      const told = report.clauses.filter(({ properties }) =>
        properties.some(({ verdict }) => verdict.outcome === 'conforms'),
      )
      expect(new Set(told.map(areaOf))).toEqual(new Set(areas))
    })
  },
)

const propertiesOf = ({ clauses }: Report): readonly PropertyReport[] =>
  clauses.flatMap(({ properties }) => properties)

/** A case or two may be too few to tell. */
const isWrong = ({ verdict }: PropertyReport): boolean =>
  !['conforms', 'inconclusive'].includes(verdict.outcome)

/**
 * Two versions of V8 may differ in the last digit of an exponential. What that does to a reference is to a bound
 * at most as the unit roundoff of doubles is to that of float32, 2^-53 to 2^-24, for each of both.
 */
const engines = 2 ** -28

/** Properties of which two reports say something else, with what both say. */
function differing(these: readonly PropertyReport[], those: readonly PropertyReport[]) {
  expect(these).toHaveLength(those.length)
  return these.flatMap((one, i) => {
    const other = those[i]!
    const apart = Math.abs(utilizationOf(one) - utilizationOf(other))
    return apart <= engines && about(one) === about(other) ? [] : [[one, other]]
  })
}

const utilizationOf = ({ verdict }: PropertyReport): number =>
  'worstUtilization' in verdict ? Number(verdict.worstUtilization) : 0

const about = (property: PropertyReport): string =>
  JSON.stringify(property, (name, value) =>
    ['seconds', 'floor', 'worstUtilization'].includes(name) ? undefined : value,
  )
