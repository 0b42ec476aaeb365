import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { Terms } from './markup.tsx'
import { othersIn, totalsOf } from './totals.ts'

type Figure = readonly [value: string, name: string]

const share = (part: number, whole: number) => `${figure(part)} of ${figure(whole)}`

/** What a glance is for; the rest of the evidence is below. */
export function Figures({ report }: { report: Report }) {
  const { summary } = report
  const { properties } = totalsOf(report)
  const names = ['properties conform', ...othersIn(report)].join(', ')
  return (
    <FigureList
      figures={[
        [share(properties.conforming, properties.of), names],
        [figure(summary.cases), 'cases'],
        [share(summary.faultsKilled, summary.faults), 'faults noticed'],
        [figure(summary.worstUtilization), 'of a bound used up, at most'],
      ]}
    />
  )
}

/** A few numbers, each with what it is of. */
export function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <ul class="figures">
      {figures.map(([value, name]) => (
        <li>
          <strong>{value}</strong> {name}
        </li>
      ))}
    </ul>
  )
}

/** How thorough the run was. */
export function Evidence({ report: { summary } }: { report: Report }) {
  const declined = (count: number) => (count === 0 ? '' : `, ${figure(count)} declined`)
  const sizes = Object.values(summary.largestSizes).flatMap((ofAxes) => Object.values(ofAxes))
  const figures: readonly Figure[] = [
    [
      share(summary.classesReached, summary.classes),
      `classes of cases reached${declined(summary.classesDeclined)}`,
    ],
    [
      share(summary.pairsReached, summary.pairs),
      `pairs of choices that met in a case${declined(summary.pairsDeclined)}`,
    ],
    [figure(Math.max(0, ...sizes)), 'the largest size of an axis'],
    [figure(summary.open), 'cases more that do not count, since their bounds say nothing'],
    [
      share(summary.writtenLinesAccounted, summary.writtenLines),
      'written lines of the notes accounted for',
    ],
  ]
  return <FigureList figures={figures} />
}

/** What it takes to run it again. */
export function Surroundings({ report: { environment, summary } }: { report: Report }) {
  const { proof, commit } = environment
  return (
    <Terms
      rows={[
        ['seed', environment.seed],
        ['cases a property', figure(environment.runs)],
        ['precision', `${environment.precision}, accuracy ${environment.profile}`],
        ...(environment.levels.length > 0
          ? ([['levels', environment.levels.join(', ')]] as const)
          : []),
        ...Object.entries(environment.conventions).map(
          ([what, choice]) => [`convention: ${what}`, choice] as const,
        ),
        ...(proof
          ? ([['seen to run', `${proof.kernels.join(', ')}, in ${proof.residence}`]] as const)
          : []),
        ['touchstone', `${environment.touchstone}${commit ? `, commit ${commit}` : ''}`],
        ['runtime', environment.runtime ?? `Node ${environment.node}`],
        ['platform', environment.platform],
        ['processor', `${environment.processor}, ${plural(environment.cores, 'core')}`],
        ['processes', figure(environment.jobs)],
        ...Object.entries(environment.versions),
        ['started', environment.startedAt],
        ['took', `${summary.seconds.toFixed(1)} s`],
      ]}
    />
  )
}
