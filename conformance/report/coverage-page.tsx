import { constructions } from '../../spec/construction.ts'
import { figure, onDevice, plural } from '../base/text.ts'
import { type ClauseProof, countEvidence, proofsIn, unprovenIn } from '../suite/proof.ts'
import { Bars } from './bars.tsx'
import { FigureList } from './figures.tsx'
import { page } from './layout.tsx'
import { LinesLeftOut } from './lines-left-out.tsx'
import { areaOf, ProofsOfArea, type Run } from './proofs-table.tsx'
import { Reached } from './reached.tsx'
import { Utilizations } from './utilizations.tsx'

/** What stands behind every claim, clause by clause, of one run or of several. */
export function coveragePage(runs: readonly Run[]): string {
  const [{ report }] = runs as readonly [Run]
  const proofs = runs.map((run) => proofsIn(run.report))
  const ids = [...new Set(proofs.flatMap((own) => own.map(({ id }) => id)))]
  return page(
    { title: 'Coverage', single: runs.length === 1 },
    <>
      <h1>Coverage</h1>
      <p>
        No claim without evidence: of every clause, what leads from its statement to a check that
        was seen to fail on something wrong. A clause is <em>proven</em> when each of its properties
        noticed, in this run, every fault that it must notice; whether an implementation conforms is
        another question, in the last columns.
      </p>
      {runs.map((run) => (
        <Counts run={run} named={runs.length > 1} />
      ))}
      {runs.map((run) => (
        <Unproven claims={unprovenIn(run.report)} />
      ))}
      {runs.length === 1 && (
        <>
          <h2 id="areas">By area</h2>
          <Areas proofs={proofs[0]!} />
          <h2 id="reached">Classes and pairs</h2>
          <Reached report={report} />
          <h2 id="bounds">How much of the bounds was used up</h2>
          <Utilizations report={report} />
        </>
      )}
      <h2 id="clauses">Clause by clause</h2>
      {[...new Set(ids.map(areaOf))].map((area) => (
        <ProofsOfArea
          area={area}
          ids={ids.filter((id) => areaOf(id) === area)}
          proofs={proofs}
          runs={runs}
        />
      ))}
      <h2 id="construction">What holds by construction</h2>
      <p>No property checks these, since nothing leaves room for them to fail:</p>
      <ul>
        {constructions.map(({ says, why, guard }) => (
          <li>
            {says} {why}{' '}
            <span class="dim">
              <code>{guard}</code> fails when it is so no more.
            </span>
          </li>
        ))}
      </ul>
      <h2 id="left-out">What is left out on purpose</h2>
      <LinesLeftOut folder={runs[0]!.folder} />
    </>,
  )
}

function Counts({ run: { report }, named }: { run: Run; named: boolean }) {
  const { specified, referenced, implemented, proven, standing } = countEvidence(report)
  const { faults, faultsKilled, properties } = report.summary
  const { implementation, device } = report.environment
  const figures: readonly (readonly [string, string])[] = [
    [figure(specified), 'clauses specified'],
    [figure(referenced), 'with a reference for every operation'],
    [figure(implemented), 'with every operation provided'],
    [figure(properties), 'properties'],
    [`${figure(faultsKilled)} of ${figure(faults)}`, 'faults noticed'],
    [figure(proven), 'proven by killed faults'],
    [figure(standing), 'of these conform'],
  ]
  return (
    <>
      {named && (
        <h2>
          {implementation.name} {implementation.version} {onDevice(device)}
        </h2>
      )}
      <FigureList figures={figures} />
    </>
  )
}

function Unproven({ claims }: { claims: readonly string[] }) {
  if (claims.length === 0) return null
  return (
    <section class="failure">
      <h2 class="bad">{plural(claims.length, 'claim')} without evidence</h2>
      <ul>
        {claims.map((claim) => (
          <li>{claim}</li>
        ))}
      </ul>
    </section>
  )
}

function Areas({ proofs }: { proofs: readonly ClauseProof[] }) {
  const areas = [...new Set(proofs.map(({ id }) => areaOf(id)))]
  const bars = areas.map((name) => {
    const own = proofs.filter(({ id }) => areaOf(id) === name)
    const standing = own.filter((it) => it.proven && it.verdict === 'conforms').length
    const proven = own.filter((it) => it.proven).length
    return { name, parts: [standing, proven - standing, own.length - proven] }
  })
  const sum = (part: number) => bars.reduce((total, { parts }) => total + parts[part]!, 0)
  return (
    <Bars
      label={`Clauses of ${plural(areas.length, 'area')}: ${figure(sum(0))} are proven and conform, ${figure(sum(1))} are proven and do not conform, ${figure(sum(2))} are not proven here. The numbers of each area are in the table below.`}
      kinds={[
        { name: 'proven, conforms', colour: 'good' },
        { name: 'proven, does not conform', colour: 'bad' },
        { name: 'not proven in this run', colour: 'dim' },
      ]}
      bars={bars}
      row="area"
    />
  )
}
