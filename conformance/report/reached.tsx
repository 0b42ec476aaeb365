import { figure } from '../base/text.ts'
import type { Report } from '../suite/model.ts'
import { askedIn, classesDeclined, classesOf, coverageOf } from '../suite/summarize.ts'
import { type Bar, Bars } from './bars.tsx'

const kinds = [
  { name: 'reached', colour: 'good' },
  { name: 'declined by the implementation', colour: 'dim' },
  { name: 'not reached', colour: 'warn' },
] as const

/** Which kinds of cases the run reached in each area, and which pairs of choices met in a case. */
export function Reached({ report: { clauses } }: { report: Report }) {
  const areas = [...new Set(askedIn(clauses).flatMap(({ operations }) => operations.map(areaOf)))]
  const declined = new Set(classesDeclined(clauses))
  const classes = Object.entries(classesOf(clauses))
  const pairs = Object.entries(coverageOf(clauses))
  const ofClasses = areas.map((name): Bar => {
    const own = classes.filter(([id]) => areaOf(id) === name)
    const reached = own.filter(([, count]) => count > 0).length
    const left = own.filter(([id, count]) => count === 0 && declined.has(id)).length
    return { name, parts: [reached, left, own.length - reached - left] }
  })
  const ofPairs = areas.map((name): Bar => {
    const own = pairs.filter(([id]) => areaOf(id) === name).map(([, covered]) => covered)
    const sum = (count: (covered: (typeof own)[number]) => number) =>
      own.reduce((total, covered) => total + count(covered), 0)
    const reached = sum(({ pairsReached }) => pairsReached)
    const all = sum((covered) => covered.pairs)
    return { name, parts: [reached, sum(({ pairsDeclined }) => pairsDeclined), all - reached] }
  })
  return (
    <>
      <p>
        Classes are the kinds of cases that an operation declares, such as an even kernel; pairs are
        choices of two of its factors that can meet in one case, such as an even kernel and a stride
        of 2.
      </p>
      <h3>Classes</h3>
      <Bars
        label={labelOf('Classes of cases', ofClasses)}
        kinds={kinds}
        bars={ofClasses}
        row="area"
      />
      <h3>Pairs</h3>
      <Bars label={labelOf('Pairs of choices', ofPairs)} kinds={kinds} bars={ofPairs} row="area" />
    </>
  )
}

function labelOf(what: string, bars: readonly Bar[]): string {
  const [reached, declined, others] = kinds.map((_, part) =>
    figure(bars.reduce((sum, { parts }) => sum + parts[part]!, 0)),
  )
  return `${what} by area: ${reached} reached, ${declined} declined, ${others} not reached. The numbers of each area are in the table below.`
}

/** The area of an operation, or of a class `cnn.conv2d: even kernel`. */
function areaOf(id: string): string {
  return id.slice(0, id.indexOf('.'))
}
