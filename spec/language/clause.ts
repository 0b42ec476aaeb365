import type { Operation } from './operation.ts'

/** The kinds of clause; see `spec/README.md`. */
export type Kind =
  | 'formula'
  | 'count'
  | 'gradient'
  | 'law'
  | 'algorithm'
  | 'theorem'
  | 'statistical'
  | 'decision'

/** Lines of the notes, first and last, both included. */
export type Lines = readonly [first: number, last: number]

/** Where a statement comes from, outside the notes. */
export interface Publication {
  /** Author, year and title, as a reader would look it up. */
  readonly title: string
  /** Equation, section, table or algorithm. */
  readonly where: string
}

/** A mistake of the notes: what they say, why it is wrong, what is right. */
export interface Erratum {
  /** `E-01`, as in the page of errata. */
  readonly id: string
  readonly lines: Lines
  /** What the notes say, in our own words. */
  readonly says: string
  /** The smallest case on which it is wrong, in words; a property of the clause runs it. */
  readonly counterexample: string
  readonly correction: string
  readonly settledBy: Publication
}

/** A freedom of the literature that the clause settles. */
export interface Convention {
  readonly choice: string
  /** What others choose, and who. */
  readonly others: string
}

/** A way to compute what a clause states that is algebraically equal to its formula, and in use. */
export interface Evaluation {
  /** What it does, as a phrase. */
  readonly way: string
  /** The accuracy profile that has to be declared for it; none where every bound covers it. */
  readonly profile?: 'transforms' | 'tanh-sigmoid' | 'added-divergences'
}

/** One checkable statement about one or more operations. */
export interface Clause {
  /** `area.topic.statement`; stable, never renumbered. */
  readonly id: string
  readonly title: string
  readonly kind: Kind
  /** The operations that the clause constrains. */
  readonly operations: readonly Operation[]
  /** In plain words; inline LaTeX between dollar signs is typeset. */
  readonly statement: string
  /** LaTeX, in the symbols of the notation table. */
  readonly formula: string
  readonly domain: string
  readonly conventions: readonly Convention[]
  /** Other evaluations than that of the formula that conform; a test runs each of them. */
  readonly evaluations?: readonly Evaluation[]
  readonly source: {
    readonly notes: readonly Lines[]
    readonly publications: readonly Publication[]
  }
  readonly errata: readonly Erratum[]
}

/** Keeps the literal type of the id, from which the union of all ids is inferred. */
export function clause<const C extends Clause>(definition: C): C {
  return definition
}

/** The operations that some clauses constrain, each once, in the order in which clauses name them. */
export function operationsOf<const C extends readonly Clause[]>(
  clauses: C,
): readonly C[number]['operations'][number][] {
  return [
    ...new Set<C[number]['operations'][number]>(clauses.flatMap(({ operations }) => operations)),
  ]
}
