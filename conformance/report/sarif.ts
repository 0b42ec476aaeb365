import { createHash } from 'node:crypto'
import { clauseById } from '../../spec/index.ts'
import { onDevice, visible } from '../base/text.ts'
import * as touchstone from '../base/touchstone.ts'
import { statementOf } from '../cite/places.ts'
import type { Report, Source } from '../suite/model.ts'
import { type Problem, problemsOf } from '../suite/problems.ts'
import { suiteProblems } from '../suite/verdict.ts'
import { named } from './named.ts'
import { problemInWords } from './problem-words.ts'
import type { Location, Log, Notification, Result, Rule, Run } from './sarif-model.ts'
import { withoutResult } from './silence.ts'

/**
 * The reports in the Static Analysis Results Interchange Format 2.1.0: a run an implementation, a clause that
 * is violated a rule, a distinct problem a result. What is known to fail is a result that is suppressed; that
 * the run itself falls short is a notification.
 */
export function sarifOf(reports: readonly Report[]): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: reports.map(named).map(runOf),
  }
}

function runOf(report: Report): Run {
  const { environment, summary } = report
  const { name, version } = environment.implementation
  const found = [
    ...problemsOf(report).map((problem) => ({ problem, reason: null })),
    ...knownIn(report),
  ]
  const clauses = [...new Set(found.map(({ problem }) => problem.clauses[0]!))]
  const ended = new Date(Date.parse(environment.startedAt) + 1000 * summary.seconds)
  return {
    tool: {
      driver: {
        name: 'touchstone',
        version: touchstone.version,
        shortDescription: { text: touchstone.description },
        rules: clauses.map(ruleOf),
      },
    },
    automationDetails: { id: `touchstone/${name} ${onDevice(environment.device)}/` },
    invocations: [
      {
        // It is for others whether the implementation conforms; here, that the suite came to its end.
        executionSuccessful: environment.mismatch === null,
        startTimeUtc: environment.startedAt,
        ...(Number.isFinite(ended.valueOf()) && { endTimeUtc: ended.toISOString() }),
        toolExecutionNotifications: notificationsOf(report),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: found.map(({ problem, reason }): Result => {
      const result = resultOf(problem, report, clauses.indexOf(problem.clauses[0]!))
      if (reason === null) return result
      return { ...result, suppressions: [{ kind: 'external', justification: reason }] }
    }),
    properties: { implementation: name, version, device: environment.device },
  }
}

/** The problems that are known, by the reason that is given. */
function knownIn(report: Report): readonly { problem: Problem; reason: string }[] {
  const reasons = new Map(report.known?.failing.map((it) => [it.property, it.reason]))
  if (reasons.size === 0) return []
  const clauses = report.clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.filter(({ id }) => reasons.has(id)),
  }))
  return problemsOf({ ...report, clauses, known: null }).map((problem) => {
    return { problem, reason: reasons.get(problem.properties[0]!)! }
  })
}

function ruleOf(id: string): Rule {
  const clause = clauseById(id)
  if (clause === undefined) return { id }
  return {
    id,
    shortDescription: { text: clause.title },
    fullDescription: { text: clause.statement },
    help: { text: `${clause.statement}\n\n${clause.formula}` },
    properties: { tags: [clause.kind, id.slice(0, id.indexOf('.'))] },
  }
}

function resultOf(problem: Problem, { sources }: Report, ruleIndex: number): Result {
  const { outcome, operation, kind, says, clauses, properties, cases } = problem
  const source = operation === null ? undefined : sources?.[operation]
  const place = source ?? statementIn(clauses[0]!)
  return {
    ruleId: clauses[0]!,
    ruleIndex,
    level: 'error',
    message: { text: problemInWords(problem) },
    ...(place && { locations: [locationOf(place)] }),
    // The same problem of a later run, whatever its smallest case is there.
    partialFingerprints: { 'problem/v1': digestOf([clauses[0], operation, kind, says]) },
    properties: { outcome, clauses, properties, cases },
  }
}

/** Where there is no code to point at, what is violated: a result without a place is not shown. */
function statementIn(clause: string): Source | null {
  const place = statementOf(clause)
  return place && { file: place.path, line: place.line }
}

function locationOf({ file, line }: Source): Location {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }
}

function notificationsOf(report: Report): readonly Notification[] {
  const silent = withoutResult(report).map(([text, ids]) => `${text}: ${ids.join(', ')}`)
  const notify = (level: Notification['level']) => (text: string) => ({
    level,
    message: { text: visible(text) },
  })
  return [...suiteProblems(report).map(notify('error')), ...silent.map(notify('warning'))]
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
