import { figure } from '../base/text.ts'
import type { Claim, Curve, Experiments, LayerCurves, Study } from '../experiments/experiment.ts'
import { experiments as kept } from '../experiments/index.ts'
import {
  differencesIn,
  linearRangeOf,
  outcomeOf,
  rangeOf,
  spreadOf,
} from '../experiments/outcome.ts'
import type { Report } from '../suite/model.ts'
import { Chart } from './chart.tsx'
import { DrawingsSection } from './drawings.tsx'
import { clausePath, page } from './layout.tsx'
import { Scroll } from './markup.tsx'
import { MixtureSection } from './mixture.tsx'
import { bandOf, rangesOf } from './ranges.ts'
import { RangesTable } from './ranges-table.tsx'

/** How each way to compress a layer is written about. */
const ways = {
  rank: {
    heading: 'By rank',
    axis: 'singular values that are kept',
    bound: 'the largest singular value left out, times the norm of the inputs',
    clauses: ['lowrank.error-bound', 'lowrank.compression-rate'],
  },
  sparsity: {
    heading: 'By sparsity',
    axis: 'share of the weights that is removed, the smallest ones',
    bound: 'the norm of what was removed, times that of the inputs',
    clauses: ['pruning.percentage', 'pruning.unstructured'],
  },
  bits: {
    heading: 'By bits',
    axis: 'bits of a weight',
    bound: 'half a step, times the sum of magnitudes of each sample',
    clauses: ['quantization.applies-to', 'quantization.reduced-bits.dequantize'],
  },
} as const

/** What was measured on real weights, and what came out of what the notes say of practice. */
export function experimentsPage(
  report: Report,
  { layers, claims, studies, mixture, drawings }: Experiments = kept,
): string {
  const inReport = new Set(report.clauses.map(({ id }) => id))
  return page(
    { title: 'Experiments' },
    <>
      <h1>Experiments</h1>
      <p>
        The clauses on compression at work on trained weights, and those on gradients through time
        at work on layers as they begin and as they learn, clients that train together, and networks
        that train against each other, by the operations of the fast implementation; and statements
        about practice that were tried. All of this was measured once, by{' '}
        <code>npm run experiments</code>; nothing of it is a verdict on an implementation.
      </p>
      <h2>What the notes say of practice</h2>
      {claims.map((claim) => (
        <ClaimSection claim={claim} inReport={inReport} />
      ))}
      {studies.map((study, at) => (
        <>
          {study.topic !== studies[at - 1]?.topic && <h2>{study.topic}</h2>}
          <StudySection study={study} inReport={inReport} />
        </>
      ))}
      <MixtureSection mixture={mixture} />
      <DrawingsSection drawings={drawings} />
      <Clauses ids={drawings.clauses} inReport={inReport} />
      {layers.map((layer) => (
        <LayerSection layer={layer} inReport={inReport} />
      ))}
    </>,
  )
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.replace(/^-/, '−')
const points = (share: number) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(2)}`

function Clauses({ ids, inReport }: { ids: readonly string[]; inReport: ReadonlySet<string> }) {
  return (
    <small>
      {ids.map((id, at) => (
        <>
          {at > 0 && ', '}
          {inReport.has(id) ? <a href={clausePath(id)}>{id}</a> : id}
        </>
      ))}
    </small>
  )
}

function ClaimSection({ claim, inReport }: { claim: Claim; inReport: ReadonlySet<string> }) {
  const { title, lines, clauses, setting, margin, comparisons } = claim
  const [first, last] = lines
  const where = first === last ? `line ${first}` : `lines ${first}–${last}`
  return (
    <section>
      <h3>{title}</h3>
      <p>
        Notes, {where}. {setting} It holds where the interval of the difference is not below{' '}
        {margin === 0 ? '0' : `${points(-margin)} percentage points`}, and is undecided where that
        is inside of it.
      </p>
      <Scroll>
        <table class="spreads">
          <thead>
            <tr>
              <th>compared</th>
              <th>mean ± deviation</th>
              <th>against</th>
              <th>difference, 95 % interval</th>
              <th>the statement</th>
            </tr>
          </thead>
          <tbody>
            {comparisons.map((comparison) => {
              const [of, other] = [spreadOf(comparison.of), spreadOf(comparison.with)]
              const difference = spreadOf(differencesIn(comparison))
              return (
                <tr>
                  <th scope="row">{comparison.says}</th>
                  <td>
                    {percent(of.mean)} ± {(100 * of.deviation).toFixed(1)}
                  </td>
                  <td>
                    {percent(other.mean)} ± {(100 * other.deviation).toFixed(1)}
                  </td>
                  <td>
                    {points(difference.mean)} ({points(difference.low)} to {points(difference.high)}
                    )
                  </td>
                  <td>{outcomeOf(comparison, margin)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
      <Clauses ids={clauses} inReport={inReport} />
    </section>
  )
}

function StudySection({ study, inReport }: { study: Study; inReport: ReadonlySet<string> }) {
  const { claim, axis, quantity, places, kinds, baseline } = study
  const curves = kinds.map(({ name, seeds }) => ({
    name,
    ranges: rangesOf(seeds, study.isLinear ? linearRangeOf : rangeOf),
  }))
  const ends = curves.map(
    ({ name, ranges }) =>
      `${name}, ${figure(ranges[0]!.middle)} and ${figure(ranges.at(-1)!.middle)}`,
  )
  const drawn = curves.map(({ name, ranges }) => bandOf(name, ranges))
  const level = baseline && {
    name: baseline.says,
    values: places.map(() => baseline.value),
    isBound: true,
  }
  return (
    <section>
      <ClaimSection claim={claim} inReport={inReport} />
      <Chart
        label={`The ${quantity} by ${axis}, at ${figure(places[0]!)} and at ${figure(places.at(-1)!)}: ${ends.join('; ')}. All numbers are in the table below.`}
        axis={axis}
        places={places}
        series={level ? [...drawn, level] : drawn}
        logarithmic={!study.isLinear}
      />
      <p>
        The {quantity}: lines are {study.isLinear ? 'means' : 'geometric means'} over the seeds, and
        bands go from the lowest seed to the highest.
      </p>
      <RangesTable axis={axis} places={places} columns={curves} />
    </section>
  )
}

function LayerSection({ layer, inReport }: { layer: LayerCurves; inReport: ReadonlySet<string> }) {
  const { title, source, samples, rows, columns, curves } = layer
  return (
    <>
      <h2>{title}</h2>
      <p>
        {rows} × {columns} weights, {source}. What it is given: {samples}.
      </p>
      {curves.map((curve) => (
        <CurveSection curve={curve} inReport={inReport} />
      ))}
    </>
  )
}

function CurveSection({ curve, inReport }: { curve: Curve; inReport: ReadonlySet<string> }) {
  const { heading, axis, bound, clauses } = ways[curve.way]
  const places = curve.points.map(({ at }) => at)
  const errors = curve.points.map(({ error }) => error)
  const accuracies = curve.points.flatMap(({ accuracy }) => accuracy ?? [])
  const [first, last] = [curve.points[0]!, curve.points.at(-1)!]
  return (
    <section>
      <h3>{heading}</h3>
      <Chart
        label={`Error of the outputs by ${axis}: ${figure(first.error)} at ${figure(first.at)}, ${figure(last.error)} at ${figure(last.at)}. The bound is above it, but for rounding where it is 0. All numbers are in the table below.`}
        axis={axis}
        places={places}
        series={[
          { name: 'error of the outputs, as a share of them', values: errors },
          { name: `bound: ${bound}`, values: curve.points.map((p) => p.bound), isBound: true },
        ]}
        logarithmic
      />
      <Chart
        label={`How many times smaller the layer is by ${axis}: from ${figure(first.rate)} at ${figure(first.at)} to ${figure(last.rate)} at ${figure(last.at)}.`}
        axis={axis}
        places={places}
        series={[{ name: 'times smaller', values: curve.points.map(({ rate }) => rate) }]}
      />
      {accuracies.length > 0 && (
        <Chart
          label={`Share of test samples that the network reads rightly by ${axis}: from ${percent(accuracies[0]!)} at ${figure(first.at)} to ${percent(accuracies.at(-1)!)} at ${figure(last.at)}.`}
          axis={axis}
          places={places}
          series={[{ name: 'share of the test that is read rightly', values: accuracies }]}
        />
      )}
      <details>
        <summary>The numbers</summary>
        <Scroll>
          <table>
            <thead>
              <tr>
                <th>{axis}</th>
                <th>times smaller</th>
                <th>error</th>
                <th>bound</th>
                {accuracies.length > 0 && <th>read rightly</th>}
              </tr>
            </thead>
            <tbody>
              {curve.points.map(({ at, rate, error, bound, accuracy }) => (
                <tr>
                  <th scope="row">{figure(at)}</th>
                  <td>{figure(rate)}</td>
                  <td>{figure(error)}</td>
                  <td>{figure(bound)}</td>
                  {accuracy !== undefined && <td>{percent(accuracy)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
      <Clauses ids={clauses} inReport={inReport} />
    </section>
  )
}
