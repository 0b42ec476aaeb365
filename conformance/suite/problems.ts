import type { Precision } from '../../reference/arithmetic/precision.ts'
import { clauseById, operationById } from '../../spec/index.ts'
import type { Capsule } from '../engine/capsule.ts'
import { type Kind, kinds } from '../engine/kind.ts'
import { isSlight } from '../engine/slight.ts'
import type { Difference, Verdict } from '../engine/verdict.ts'
import { othersOf } from './capsules.ts'
import type { PropertyReport, Report } from './model.ts'

/** What is wrong in one place, however many clauses it shows in. */
export interface Problem {
  readonly outcome: 'violates' | 'errored' | 'unstable'
  readonly kind: Kind
  /** The operation that is wrong, or `null` where the case does not tell. */
  readonly operation: string | null
  /** The known mistake, the message, or what is wrong with the answer. */
  readonly says: string
  /** The clauses that it shows in, the one that states the operation first. */
  readonly clauses: readonly string[]
  /** The properties that it shows in, and how many of their cases. */
  readonly properties: readonly string[]
  readonly cases: number
  readonly smallest: Shown
}

/** A case that shows a problem. */
export interface Shown {
  readonly property: PropertyReport
  readonly capsule: Capsule | null
  readonly difference: Difference | null
  readonly reason: string
  readonly replay: string | null
}

interface Seen extends Shown {
  readonly clause: string
  readonly outcome: Problem['outcome']
  readonly kind: Kind
  readonly operation: string | null
  readonly cases: number
  /** What the property itself knows of the mistake, where no single answer is wrong by itself. */
  readonly mistake: string | null
}

/** What problems are told from. */
export interface Judged extends Pick<Report, 'clauses' | 'known'> {
  readonly environment: Pick<Report['environment'], 'precision'>
}

/** What is wrong with valid arguments comes before what is let through. */
const inOrder: readonly Kind[] = [...kinds.filter((kind) => kind !== 'accepted'), 'accepted']

/**
 * The distinct problems of a run, each once: failures of the same operation, of the same kind, with the
 * same message or known mistake are one, in whichever clauses they show. From what tells most of a mistake
 * to what tells least, and of one kind what shows in most clauses first. What is known to fail is left out.
 */
export function problemsOf(report: Judged): readonly Problem[] {
  const groups = new Map<string, Seen[]>()
  const mistakes = mistakesIn(report)
  for (const seen of failuresIn(report)) {
    const key = `${seen.kind}|${seen.operation}|${likeness(seen, mistakes)}`
    groups.set(key, [...(groups.get(key) ?? []), seen])
  }
  return [...groups.values()]
    .map((group) => problemIn(group, mistakes, report.environment.precision as Precision))
    .sort(
      (a, b) =>
        inOrder.indexOf(a.kind) - inOrder.indexOf(b.kind) || b.clauses.length - a.clauses.length,
    )
}

function problemIn(seen: readonly Seen[], mistakes: Mistakes, precision: Precision): Problem {
  // What states the operation itself is told before what builds on it.
  const group = seen.toSorted((a, b) => distance(a) - distance(b))
  const smallest = group.reduce((best, one) => (sizeOf(one) < sizeOf(best) ? one : best))
  const { outcome, kind, operation } = smallest
  return {
    outcome,
    kind,
    operation,
    says: saying(smallest, group, mistakes, precision),
    clauses: [...new Set(group.map(({ clause }) => clause))],
    properties: [...new Set(group.map(({ property }) => property.id))],
    cases: group.reduce((sum, { cases }) => sum + cases, 0),
    smallest,
  }
}

/** How far a clause is from stating the operation that is wrong: nearest is one that is named after it. */
function distance({ clause, operation }: Seen): number {
  const { kind, operations = [] } = clauseById(clause) ?? {}
  if (operations[0]?.id !== operation) return 3
  if (kind !== 'formula' && kind !== 'gradient') return 2
  return clause.startsWith(`${operation}.`) ? 0 : 1
}

/** Every failure of a report, those beside what a verdict says first as well. */
function failuresIn({ clauses, known }: Judged): readonly Seen[] {
  const expected = new Set(known?.failing.map(({ property }) => property))
  return clauses.flatMap((clause) =>
    clause.properties
      .filter(({ id }) => !expected.has(id))
      .flatMap((property) => seenIn(clause.id, property)),
  )
}

function seenIn(clause: string, property: PropertyReport): readonly Seen[] {
  const { verdict } = property
  if (!isFailing(verdict)) return []
  const others = othersOf(verdict)
  const rest = others.reduce((sum, { cases }) => sum + cases, 0)
  const { outcome, reason, replay, kind = 'failed' } = verdict
  // Answers that are all within their bounds may still be wrong together: of that, no operation is named.
  const mistake = outcome === 'violates' && verdict.wrong.length === 0 ? verdict.diagnosis : null
  const first: Seen = {
    ...{ clause, property, outcome, kind, reason, replay, mistake },
    operation: saidIn(reason) ?? verdict.wrong?.[0] ?? operationOf(property),
    capsule: verdict.capsule,
    difference: verdict.outcome === 'violates' ? verdict.difference : null,
    cases: Math.max(1, (verdict.failing ?? 1) - rest),
  }
  return [
    first,
    ...others.map((other): Seen => {
      const { outcome, kind, reason, replay, capsule, difference, cases } = other
      const operation = saidIn(reason) ?? askedIn(capsule) ?? first.operation
      return {
        ...{ clause, property, outcome, kind, reason, replay },
        ...{ capsule, difference, cases, operation },
        mistake: kind === first.kind ? mistake : null,
      }
    }),
  ]
}

type Failing = Extract<Verdict, { outcome: Problem['outcome'] }>

function isFailing(verdict: Verdict): verdict is Failing {
  return ['violates', 'errored', 'unstable'].includes(verdict.outcome)
}

/** The operation that a message begins with: the one that refused, or failed. */
function saidIn(reason: string): string | undefined {
  const [, id] = /^(\w+\.\w+): /.exec(reason) ?? []
  return id !== undefined && operationById(id) !== undefined ? id : undefined
}

/** The only operation that a property asks for. */
function operationOf({ operations }: PropertyReport): string | null {
  return operations.length === 1 ? operations[0]! : null
}

/** The only operation that was asked on a case. */
function askedIn({ questions = [] }: Capsule): string | undefined {
  const asked = new Set(questions.map(({ operation }) => operation))
  return asked.size === 1 ? [...asked][0] : undefined
}

/** The known mistakes that give the answers of an operation, by operation. */
type Mistakes = ReadonlyMap<string, readonly string[]>

function mistakesIn({ clauses }: Pick<Report, 'clauses'>): Mistakes {
  const found = new Map<string, readonly string[]>()
  for (const { verdict } of clauses.flatMap(({ properties }) => properties)) {
    if (verdict.outcome !== 'violates') continue
    const { diagnosis, candidates, wrong } = verdict
    const names = diagnosis === null ? candidates : [diagnosis]
    if (names.length > 0 && wrong.length === 1) found.set(wrong[0]!, names)
  }
  return found
}

/** The known mistakes that explain a failure: one of them, where several do. */
function namesOf({ operation, mistake }: Seen, mistakes: Mistakes): readonly string[] {
  const known = operation === null ? undefined : mistakes.get(operation)
  return known ?? (mistake === null ? [] : [mistake])
}

/** What failures of the same kind and operation have in common where they are the same problem. */
function likeness(seen: Seen, mistakes: Mistakes): string {
  const { kind, operation, reason, clause } = seen
  switch (kind) {
    // The operation and its known mistake say it all, and a law words it in its own way.
    case 'wrong value':
    case 'not finite':
      return operation === null ? clause : namesOf(seen, mistakes).join('; ')
    case 'accepted':
    case 'unstable':
    case 'changed input':
    case 'wrong shape':
      return operation === null ? clause : ''
    default:
      return withoutNumbers(reason)
  }
}

/** A message as it is for every case: the numbers in it are those of one. */
function withoutNumbers(text: string): string {
  return text
    .split('\n')[0]!
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi, '#')
    .replace(/#([\s,×x]+#)+/g, '#')
}

/** What is said of values that no known mistake explains, and of those in whose smallest cases all are wrong by little. */
const [anyhowWrong, slightlyWrong] = [
  'wrong values',
  'values nearly right, rounded more than they may be',
]

/** What a problem says, less what is only of its cases: numbers, and by how much values are wrong. */
export function causeIn(says: string): string {
  return says === slightlyWrong ? anyhowWrong : withoutNumbers(says)
}

/** Which of two sayings of one problem says more: by little is only what was so in every case. */
export function moreTelling(before: string, says: string): string {
  return before === slightlyWrong ? says : before
}

function areSlight(group: readonly Seen[], precision: Precision): boolean {
  return group.every(({ difference }) => difference !== null && isSlight(difference, precision))
}

/** What a problem is, in a few words. */
function saying(
  smallest: Seen,
  group: readonly Seen[],
  mistakes: Mistakes,
  precision: Precision,
): string {
  const { kind, operation, reason } = smallest
  switch (kind) {
    case 'wrong value':
    case 'not finite': {
      const names = namesOf(smallest, mistakes)
      if (names.length === 0 && kind === 'not finite') return 'values not finite'
      if (names.length === 0) return areSlight(group, precision) ? slightlyWrong : anyhowWrong
      return names.length === 1 ? names[0]! : `one of: ${names.join('; ')}`
    }
    case 'wrong shape':
      return 'answers of a wrong shape'
    case 'accepted': {
      const ways = new Set(group.map(({ capsule }) => capsule?.invalid ?? ''))
      return `answers what is to be rejected${ways.size > 1 ? `, in ${ways.size} ways` : ''}`
    }
    case 'unstable':
      return 'different answers to the same question'
    case 'changed input':
      return 'writes into its inputs'
    default:
      return operation !== null && reason.startsWith(`${operation}: `)
        ? reason.slice(operation.length + 2)
        : reason
  }
}

/**
 * How large a case is, its numbers and what they come to. Largest is one without a case, or of which the case
 * holds but the seed that its numbers are drawn from.
 */
function sizeOf({ capsule }: Seen): number {
  if (capsule === null) return Number.POSITIVE_INFINITY
  const { inputs, parameters, questions = [] } = capsule
  if (Object.keys(inputs).length === 0 && 'seed' in parameters) return Number.POSITIVE_INFINITY
  return JSON.stringify([inputs, parameters, questions]).length
}
