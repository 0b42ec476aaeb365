/**
 * What was measured once, on real weights and real data or in training, as data: `npm run experiments` writes it, and the
 * report shows it. Nothing here is a verdict on an implementation.
 */
export interface Experiments {
  readonly layers: readonly LayerCurves[]
  readonly claims: readonly Claim[]
  readonly studies: readonly Study[]
}

/** A trained layer, and what becomes of it when it is compressed more and more. */
export interface LayerCurves {
  readonly title: string
  /** Where the weights are from: package, version, and their name there; or how they were trained. */
  readonly source: string
  /** What the layer was given. */
  readonly samples: string
  readonly rows: number
  readonly columns: number
  readonly curves: readonly Curve[]
}

/** One way to compress a layer. */
export interface Curve {
  readonly way: 'rank' | 'sparsity' | 'bits'
  readonly points: readonly Point[]
}

/** One amount of it. */
export interface Point {
  /** Singular values that are kept, the share of weights that is removed, or bits of a weight. */
  readonly at: number
  /** How many times smaller the layer is, indices and scales counted. */
  readonly rate: number
  /** The Frobenius norm of the change of the outputs, as a share of that of the outputs. */
  readonly error: number
  /** What the clauses allow this share to be at most. */
  readonly bound: number
  /** The share of test samples that the whole network still has right, where there is a network. */
  readonly accuracy?: number
}

/** A statement about practice that no formula decides, and what came out when it was tried. */
export interface Claim {
  readonly id: string
  readonly title: string
  /** The lines of the notes that make it. */
  readonly lines: readonly [first: number, last: number]
  /** The clauses whose operations were used. */
  readonly clauses: readonly string[]
  readonly setting: string
  /** By how much less than 0 a difference may be for the statement to hold all the same. */
  readonly margin: number
  readonly comparisons: readonly Comparison[]
}

/** The same measure of two things, seed by seed. */
export interface Comparison {
  readonly says: string
  /** What the statement is about, and what it is compared with, as shares: of test samples that are right, say. */
  readonly of: readonly number[]
  readonly with: readonly number[]
}

/** One quantity of several kinds of layers along an axis, and what it says of a statement about them. */
export interface Study {
  /** The heading that it stands under, with those that follow it. */
  readonly topic: string
  readonly claim: Claim
  readonly axis: string
  readonly quantity: string
  /** Where on the axis it was measured. */
  readonly places: readonly number[]
  /** What was measured of each kind: a positive number a place, seed by seed. */
  readonly kinds: readonly {
    readonly name: string
    readonly seeds: readonly (readonly number[])[]
  }[]
  /** The quantity of something that none of them has to learn. */
  readonly baseline?: { readonly says: string; readonly value: number }
}
