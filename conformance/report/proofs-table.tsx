import { figure, plural } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import type { ClauseProof } from '../suite/proof.ts'
import { clausePath } from './layout.tsx'
import { Chip, Scroll } from './markup.tsx'

/** The report of a run, with the folder that its pages are in, from the page that shows it. */
export interface Run {
  readonly report: Report
  readonly folder: string
}

/** The area of a clause, which its id begins with. */
export const areaOf = (id: string) => id.slice(0, id.indexOf('.'))

/** The clauses of an area, folded where all of them are proven and conform. */
export function ProofsOfArea({
  area,
  ...rows
}: {
  area: string
  ids: readonly string[]
  proofs: readonly (readonly ClauseProof[])[]
  runs: readonly Run[]
}) {
  const own = rows.proofs.flat().filter(({ id }) => areaOf(id) === area)
  const count = (test: (proof: ClauseProof) => boolean) => figure(own.filter(test).length)
  const isWhole = own.every(({ proven, verdict }) => proven && verdict === 'conforms')
  const several = rows.runs.length > 1 ? ` in ${plural(rows.runs.length, 'run')}` : ''
  return (
    <details open={!isWhole && rows.runs.length === 1}>
      <summary>
        {area}{' '}
        <small>
          {plural(rows.ids.length, 'clause')}
          {several}, {count(({ proven }) => proven)} proven,{' '}
          {count(({ verdict }) => verdict === 'conforms')} conform
        </small>
      </summary>
      <Table {...rows} />
    </details>
  )
}

function Table({
  ids,
  proofs,
  runs,
}: {
  ids: readonly string[]
  proofs: readonly (readonly ClauseProof[])[]
  runs: readonly Run[]
}) {
  const byId = proofs.map((own) => new Map(own.map((proof) => [proof.id, proof])))
  return (
    <Scroll>
      <table class="matrix proofs">
        <thead>
          <tr>
            <th scope="col">clause</th>
            <th scope="col">reference</th>
            <th scope="col">properties</th>
            <th scope="col">faults noticed</th>
            {runs.map(({ report: { environment } }) => (
              <th scope="col">
                {environment.implementation.name}
                <br />
                <small>{environment.device.split(',')[0]}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => {
            const own = byId.map((proofs) => proofs.get(id))
            // What a clause has is the same in each run; its faults are tried where it is provided.
            const best = own.reduce((a, b) => ((b?.killed ?? -1) > (a?.killed ?? -1) ? b : a))!
            return (
              <tr>
                <th scope="row">{id}</th>
                <td>{best.referenced ? 'yes' : <span class="bad">none</span>}</td>
                <td>{figure(best.properties)}</td>
                <td>
                  <span class={best.killed < best.faults ? 'bad' : ''}>
                    {best.faults === 0
                      ? 'none tried'
                      : `${figure(best.killed)} of ${figure(best.faults)}`}
                  </span>
                </td>
                {own.map((proof, at) => (
                  <td>
                    {proof === undefined ? (
                      <span class="dim">not run</span>
                    ) : (
                      <Verdict proof={proof} folder={runs[at]!.folder} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}

/** A clause that the specification does not have has no page. */
function Verdict({ proof, folder }: { proof: ClauseProof; folder: string }) {
  return proof.specified ? (
    <Chip outcome={proof.verdict} href={folder + clausePath(proof.id)} />
  ) : (
    <Chip outcome={proof.verdict} />
  )
}
