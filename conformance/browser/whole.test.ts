import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { oursOn } from '../adapters/ours.ts'
import { stringify } from '../base/json.ts'
import { noBrowser } from '../fixtures/chromium.ts'
import { done, Pages, reportOf, start } from '../fixtures/pages.ts'
import { keptCases } from '../suite/kept-folders.ts'
import type { PropertyReport, Report } from '../suite/model.ts'
import { run } from '../suite/run.ts'
import { pageHtml } from './build.ts'
import { usual } from './settings.ts'

/** However slow the machine is. */
const patience = 900_000

/** Without graphics, which draw the page on the processor, and with room for objects that are soon forgotten. */
const plain = ['--disable-gpu', '--js-flags=--min-semi-space-size=64 --max-semi-space-size=64']

const onWebgpu = { ...usual, subject: 'touchstone:webgpu' }

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
    let html: string
    const opened: Pages[] = []
    const open = async (flags?: readonly string[]) => {
      const pages = await Pages.of(html, flags)
      opened.push(pages)
      return pages
    }

    beforeAll(async () => {
      html = await pageHtml()
    })
    afterEach(async () => {
      const pages = opened.pop()!
      await pages.close()
      expect(pages.problems).toEqual([])
    })

    it('comes to the verdict and the utilization of Node for every property on WebAssembly', {
      timeout: patience,
    }, async () => {
      const pages = await open(plain)
      // One case of each property goes through all of its code.
      const { runs, seed } = { ...usual, runs: 1 }
      const there = await pages.checked({ ...usual, runs, seed })
      const { implementation } = await oursOn('wasm')
      const here = await run({
        ...{ implementation, clauses, runs, seed, seconds: null, killing: false },
        ...{ kept: keptCases([]).kept, onProgress() {} },
      })
      expect(propertiesOf(there).filter(isWrong)).toEqual([])
      expect(differing(propertiesOf(there), propertiesOf(JSON.parse(stringify(here))))).toEqual([])
      expect(there.clauses.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id))
    })

    it('asks WebGPU something of every chapter, and nothing is wrong', {
      timeout: patience,
    }, async () => {
      expect(new Set(computing.map((id) => areaOf({ id })))).toEqual(new Set(areas))
      const pages = await open()
      const asked = { ...onWebgpu, clauses: computing.join(','), runs: 1 }
      const report = await pages.checked(asked)
      expect(report.environment.device).toContain('SwiftShader')
      expect(propertiesOf(report).filter(isWrong)).toEqual([])
      const told = report.clauses.filter(({ properties }) =>
        properties.some(({ verdict }) => verdict.outcome === 'conforms'),
      )
      expect(new Set(told.map(areaOf))).toEqual(new Set(areas))
    })

    it('ends on WebGPU when the time is over, with a report of what was done', {
      timeout: patience,
    }, async () => {
      const pages = await open()
      const hour = 3600
      const page = await pages.opened({ ...onWebgpu, seconds: hour })
      const worker = page.workers()[0] ?? (await page.waitForEvent('worker'))
      await worker.evaluate(timeFlies, { after: 100, seconds: hour })
      await start(page)
      await done(page)
      const report = await reportOf(page)
      expect(report.clauses).toHaveLength(clauses.length)
      expect(report.summary.cases).toBeGreaterThan(0)
      const unfinished = ['not-run', 'interrupted']
      const over = propertiesOf(report).filter(({ verdict }) =>
        unfinished.includes(verdict.outcome),
      )
      expect(over.length).toBeGreaterThan(0)
      for (const { verdict } of over) expect(JSON.stringify(verdict)).toContain('time')
      expect(
        propertiesOf(report)
          .filter(isWrong)
          .filter((it) => !over.includes(it)),
      ).toEqual([])
    })
  },
)

/** Has an hour go by once a graphics unit was given so much to do: how far a real one gets differs. */
function timeFlies({ after, seconds }: { after: number; seconds: number }): void {
  const { prototype } = (globalThis as never as Record<string, { prototype: Submitting }>).GPUQueue!
  const { submit } = prototype
  const now = performance.now.bind(performance)
  let submitted = 0
  prototype.submit = function (...words) {
    if (++submitted === after) performance.now = () => now() + 1000 * seconds
    return submit.apply(this, words)
  }
}

interface Submitting {
  submit(...words: unknown[]): void
}

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
