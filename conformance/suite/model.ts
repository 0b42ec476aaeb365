import type { Covered } from '../engine/coverage.ts'
import type { Declined } from '../engine/declined.ts'
import type { Floor } from '../engine/floor.ts'
import type { DeviceProof } from '../engine/implementation.ts'
import type { Verdict } from '../engine/verdict.ts'

/** The report of a run as plain data: what `report.json` holds and every other form is made from. */
export interface Report {
  readonly format: 'touchstone-report/1'
  readonly summary: Summary
  readonly environment: Environment
  readonly clauses: readonly ReportedClause[]
  /** What a file of known failures made of this run, or `null` without one. */
  readonly known: KnownOutcome | null
  /** Operations that are wrong nearly everywhere, and what explains it; left out where there are none. */
  readonly firstAid?: readonly FirstAid[]
  /** Where the code of operations stands that are wrong, by id; left out where it is not known. */
  readonly sources?: Readonly<Record<string, Source>>
  /** By which it is known whether all of a written report is there, and as it was; see `digestOf`. */
  readonly digest?: string
}

/** A line of a file, whose path is relative to the folder that the run was in, with slashes. */
export interface Source {
  readonly file: string
  readonly line: number
}

/** What explains that an operation is wrong nearly everywhere. */
export interface FirstAid {
  readonly operation: string
  /** How many properties that ask it fail because of it, of how many that tell anything of it. */
  readonly failing: number
  readonly properties: number
  /** What is misread, as a sentence; `null` where nothing known explains its answers, or was tried. */
  readonly says: string | null
}

/** The reports of several implementations that were checked in one run. */
export interface Matrix {
  readonly format: 'touchstone-matrix/1'
  readonly reports: readonly Report[]
  readonly digest?: string
}

export interface Summary {
  readonly clauses: number
  readonly properties: number
  readonly cases: number
  /** Cases beside them that are no evidence, since their bounds are as wide as what they bound. */
  readonly open: number
  /** Cases that the implementation does not take, and in the place of which others were tried. */
  readonly casesDeclined: number
  /** Of 1, the part of the cases that it takes, and the parts that it does not, by the reason. */
  readonly taken: number
  readonly declines: Readonly<Record<string, number>>
  readonly conforms: number
  /** Those of them that had fewer cases than were asked for, since the time given was over. */
  readonly limited: number
  readonly violates: number
  readonly errored: number
  /** Properties of which it takes no case. */
  readonly declined: number
  readonly unsupported: number
  readonly unstable: number
  readonly inconclusive: number
  readonly interrupted: number
  readonly notRun: number
  readonly faults: number
  readonly faultsKilled: number
  readonly classes: number
  readonly classesReached: number
  /** Those that only cases are of which it does not take; they are none of `classes`. */
  readonly classesDeclined: number
  /** Pairs of levels of the factors of all operations that can meet in a case, and that did. */
  readonly pairs: number
  readonly pairsReached: number
  readonly pairsDeclined: number
  /** The largest size of each axis of each operation. */
  readonly largestSizes: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly noteLines: number
  readonly noteLinesAccounted: number
  /** Lines of the notes that are not blank. */
  readonly writtenLines: number
  readonly writtenLinesAccounted: number
  readonly worstUtilization: number
  readonly seconds: number
  /** What stands behind its clauses; reports of older versions have it not. */
  readonly evidence?: EvidenceCounts
}

/** Of how many clauses of a run each step of the way from a statement to its evidence is there. */
export interface EvidenceCounts {
  readonly specified: number
  /** All of their operations have a reference, and are provided by the implementation. */
  readonly referenced: number
  readonly implemented: number
  /** Every fault that their properties must notice was noticed in this run. */
  readonly proven: number
  /** Those of them that conform. */
  readonly standing: number
  /** Lines of the notes that are left out on purpose, and that nothing is said about yet. */
  readonly linesLeftOut: number
  readonly linesOpen: number
}

/**
 * `provided`: operations that are not provided, and cases that are not taken, are no failures. `all`: they
 * are.
 */
export type Requirement = 'provided' | 'all'

export interface Environment {
  readonly implementation: { readonly name: string; readonly version: string }
  /** The device that really ran, described. */
  readonly device: string
  /** What was seen of the device while it ran, or `null` for an implementation that shows nothing. */
  readonly proof: DeviceProof | null
  /** What was seen to do the work instead, or `null`: then nothing in the report is a pass. */
  readonly mismatch: string | null
  readonly precision: string
  readonly profile: string
  /** The operations that the clauses ask for: those that it provides, and why it does not provide the others. */
  readonly operations: {
    readonly provided: readonly string[]
    readonly missing: Readonly<Record<string, string>>
  }
  /** What a pass takes: that all that is provided conforms, or that all there is does. */
  readonly require: Requirement
  /** The levels that it claims to provide in full. */
  readonly levels: readonly string[]
  /** The conventions that it follows where libraries differ, by name. */
  readonly conventions: Readonly<Record<string, string>>
  readonly seed: number
  readonly runs: number
  /** How many processes shared the work. */
  readonly jobs: number
  readonly touchstone: string
  /** What ran it, with its version: `Node v22.1.0`, or a browser. Reports of before it was told have `node` alone. */
  readonly runtime: string
  readonly node?: string
  readonly platform: string
  readonly processor: string
  readonly cores: number
  /** The commit of the checkout, or `null` outside one. */
  readonly commit: string | null
  readonly versions: Readonly<Record<string, string>>
  readonly startedAt: string
}

export interface ClauseReport {
  readonly id: string
  readonly title: string
  /** The worst outcome of its properties. */
  readonly verdict: Verdict['outcome']
  /** Whether each of its faults, of which there are some, was noticed by one of its properties in this run. */
  readonly tested: boolean
  readonly properties: readonly PropertyReport[]
}

/** A clause as a report has it: beside how it came out, what it is put down to. */
export interface ReportedClause extends ClauseReport {
  /** The more basic clause whose failure explains this one, or `null`. */
  readonly cause: string | null
}

export interface KnownOutcome {
  /** The file with the known failures. */
  readonly file: string
  /** The properties that fail as the file says. */
  readonly failing: readonly {
    readonly property: string
    readonly reason: string
    readonly link: string | null
  }[]
  /** Entries of the file that say nothing true any more, and why. */
  readonly stale: readonly { readonly entry: string; readonly problem: string }[]
}

export interface PropertyReport {
  readonly id: string
  readonly title: string
  /** The operations that it asks for, by id. */
  readonly operations: readonly string[]
  readonly verdict: Verdict
  /** What the implementation does not take of its cases; left out where it takes all. */
  readonly declined?: Declined
  /** Utilizations of the cases in twenty equal bins from 0 to 1; a bit-exact case counts in the first. */
  readonly utilizations: readonly number[]
  /**
   * The part of them of cases in which some bound is by adjoints, since that was smaller than the one carried
   * forwards.
   */
  readonly byAdjoints: readonly number[]
  /** Cases in which rounding leaves a decision open, or of which the reference says nothing. */
  readonly discarded: number
  /** Cases that agreed, but within bounds as wide as what they bound: they are no evidence. */
  readonly open: number
  /**
   * The smallest relative errors that its cases would have shown for certain, in all that is compared and
   * in one element; 0 for any error, `null` where no numbers were compared.
   */
  readonly floor: Floor | null
  /** How often each class of case was reached, by `operation: class`. */
  readonly classes: Readonly<Record<string, number>>
  /** What its cases covered of each operation that they are cases of. */
  readonly covered: Readonly<Record<string, Covered>>
  readonly faults: readonly {
    readonly name: string
    readonly killed: boolean
    readonly cases: number
  }[]
  readonly seconds: number
}
