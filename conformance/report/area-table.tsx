import { figure, plural } from '../base/text.ts'
import type { Outcome } from '../engine/verdict.ts'
import type { ReportedClause } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { Recorded } from './history.tsx'
import { type Entry, placeOf } from './lines.ts'
import { Chip, Scroll } from './markup.tsx'

interface Column extends Entry {
  readonly verdicts: ReadonlyMap<string, ReportedClause>
  readonly problems: readonly Problem[]
}

/** With so many clauses at most, nothing is folded. */
const mostOpen = 30

/** Clauses against runs, an area at a time, which opens when it is asked for. */
export function Areas({ entries }: { entries: readonly Entry[] }) {
  const columns = entries.map((entry) => ({
    ...entry,
    verdicts: new Map(entry.report.clauses.map((clause) => [clause.id, clause])),
    problems: problemsOf(entry.report),
  }))
  const ids = [...new Set(columns.flatMap(({ verdicts }) => [...verdicts.keys()]))]
  const isProvided = (id: string) => columns.some((column) => isJudged(outcomeOf(column, id)))
  const areas = [...new Set(ids.map(areaOf))].map((name) => {
    const own = ids.filter((id) => areaOf(id) === name)
    return { name, ids: own, provided: own.filter(isProvided) }
  })
  const empty = areas.filter(({ provided }) => provided.length === 0)
  return (
    <>
      {areas
        .filter((area) => !empty.includes(area))
        .map((area) => (
          <Fold area={area} columns={columns} isOpen={ids.length <= mostOpen} />
        ))}
      {empty.length > 0 && (
        <p class="dim">
          {plural(empty.length, 'area')} of which none provides anything:{' '}
          {empty.map((area) => `${area.name} (${plural(area.ids.length, 'clause')})`).join(', ')}
        </p>
      )}
    </>
  )
}

interface Area {
  readonly name: string
  readonly ids: readonly string[]
  /** The clauses of which any of the implementations provides something. */
  readonly provided: readonly string[]
}

function Fold({
  area: { name, ids, provided },
  columns,
  isOpen,
}: {
  area: Area
  columns: readonly Column[]
  isOpen: boolean
}) {
  const others = ids.filter((id) => !provided.includes(id))
  const judging = columns.filter((column) => provided.some((id) => isJudged(outcomeOf(column, id))))
  const failing = provided.filter((id) => judging.some((it) => isBad(outcomeOf(it, id)))).length
  return (
    <details class="fold" id={`area-${name}`} open={isOpen}>
      <summary>
        <b>{name}</b> {figure(provided.length)} of {plural(ids.length, 'clause')}, provided by{' '}
        {figure(judging.length)}
        {failing > 0 && <span class="bad">, {figure(failing)} on which some fail</span>}
      </summary>
      {provided.length > 0 && (
        <Scroll>
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">clause</th>
                {judging.map((column) => (
                  <Head column={column} ids={provided} />
                ))}
              </tr>
            </thead>
            <tbody>
              {provided.map((id) => (
                <tr>
                  <th scope="row">{id}</th>
                  {judging.map((column) => (
                    <Cell column={column} id={id} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {others.length > 0 && (
        <p class="dim">
          {plural(others.length, 'clause')} of which none provides anything: {others.join(', ')}
        </p>
      )}
    </details>
  )
}

/** An implementation above its column, with how many of these clauses conform, of those that it provides. */
function Head({ column, ids }: { column: Column; ids: readonly string[] }) {
  const { implementation, device } = column.report.environment
  const outcomes = ids.map((id) => outcomeOf(column, id)).filter(isJudged)
  const conforming = outcomes.filter((outcome) => outcome === 'conforms').length
  return (
    <th scope="col">
      {column.number}. {implementation.name}
      <br />
      <small>
        {implementation.version}, {device.split(',')[0]}
        <br />
        {figure(conforming)} of {figure(outcomes.length)}
      </small>
    </th>
  )
}

/** A verdict that leads to its evidence, a bad one to its smallest case and to what is recorded of it. */
function Cell({ column, id }: { column: Column; id: string }) {
  const outcome = outcomeOf(column, id)
  const clause = column.verdicts.get(id)
  if (clause === undefined) return <td class="dim">not run</td>
  if (!isJudged(outcome)) return <td class="dim">{outcome === 'declined' ? 'declined' : '–'}</td>
  const first = clause.properties.find(({ verdict }) => verdict.outcome === outcome)
  const href = placeOf(column, isBad(outcome) && first ? first.id : id)
  const shown = column.problems.filter(({ clauses }) => clauses.includes(id))
  const clauses = [id, ...shown.flatMap((problem) => problem.clauses)]
  return (
    <td>
      <Chip outcome={outcome} {...(href && { href })} />
      {isBad(outcome) && (
        <Recorded
          implementation={column.report.environment.implementation.name}
          problem={{ clauses }}
        />
      )}
    </td>
  )
}

function outcomeOf({ verdicts }: Column, id: string): Outcome | undefined {
  return verdicts.get(id)?.verdict
}

function isJudged(outcome: Outcome | undefined): outcome is Outcome {
  return outcome !== undefined && outcome !== 'unsupported' && outcome !== 'declined'
}

/** Whether there is a case that fails; that a run came to no end, or cannot tell, is none. */
function isBad(outcome: Outcome | undefined): boolean {
  return outcome === 'violates' || outcome === 'errored' || outcome === 'unstable'
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}
