import type { PropertyReport, Report } from '../../conformance/suite/model.ts'

/** How the properties of a chapter came out in the time that it had. */
export interface Outcome {
  readonly chapter: string
  readonly seconds: number
  readonly clauses: number
  readonly properties: number
  readonly conform: number
  /** Not tried, or with too few cases to tell: the time was over. */
  readonly left: number
  /** Wrong, by the ids of the properties: whatever is neither of both others. */
  readonly wrong: readonly string[]
}

/** What time leaves undone. */
const unfinished: readonly string[] = ['inconclusive', 'interrupted', 'not-run']

/** What a report says of a chapter; what an implementation does not provide is no part of it. */
export function outcomeOf(chapter: string, { clauses, summary }: Report): Outcome {
  const provided = clauses
    .flatMap(({ properties }) => properties)
    .filter(({ verdict }) => !['unsupported', 'declined'].includes(verdict.outcome))
  const those = (test: (outcome: string) => boolean): readonly PropertyReport[] =>
    provided.filter(({ verdict }) => test(verdict.outcome))
  return {
    chapter,
    seconds: summary.seconds,
    clauses: clauses.length,
    properties: provided.length,
    conform: those((outcome) => outcome === 'conforms').length,
    left: those((outcome) => unfinished.includes(outcome)).length,
    wrong: those((outcome) => outcome !== 'conforms' && !unfinished.includes(outcome)).map(
      ({ id }) => id,
    ),
  }
}

const columns = ['chapter', 'seconds', 'clauses', 'properties', 'conform', 'left', 'wrong'] as const

/** The heading of the table, and a line of it. */
export const heading = line(columns)

export function lineOf(outcome: Outcome): string {
  const { chapter, seconds, clauses, properties, conform, left, wrong } = outcome
  const figures = [clauses, properties, conform, left, wrong.length]
  return line([chapter, seconds.toFixed(0), ...figures.map(String)])
}

function line([chapter, ...figures]: readonly string[]): string {
  return chapter!.padEnd(13) + figures.map((figure) => figure.padStart(11)).join('')
}
