/**
 * What was measured once, on real weights and real data or in training, as data: `npm run experiments` writes it, and the
 * report shows it. Nothing here is a verdict on an implementation.
 */
export interface Experiments {
  readonly layers: readonly LayerCurves[]
  readonly claims: readonly Claim[]
  readonly studies: readonly Study[]
  readonly mixture: Mixture
  readonly drawings: Drawings
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
  /** Drawn from 0 on, with arithmetic means over seeds: where it may be 0. */
  readonly isLinear?: true
  /** What was measured of each kind, seed by seed: a number a place, positive unless it is linear. */
  readonly kinds: readonly {
    readonly name: string
    readonly seeds: readonly (readonly number[])[]
  }[]
  /** The quantity of something that none of them has to learn. */
  readonly baseline?: { readonly says: string; readonly value: number }
}

/** Networks that learned to sample from Gaussians on a circle, by several losses. */
export interface Mixture {
  readonly axis: string
  /** Where losses were measured on the axis. */
  readonly places: readonly number[]
  /** The middles of the Gaussians, and how far from one a sample belongs to it. */
  readonly middles: readonly (readonly [x: number, y: number])[]
  readonly reach: number
  /** The seed of which samples are shown, and how many were counted. */
  readonly seed: number
  readonly samples: number
  readonly games: readonly (Cloud & {
    /** Both losses, seed by seed. */
    readonly discriminator: readonly (readonly number[])[]
    readonly generator: readonly (readonly number[])[]
  })[]
  /** As many samples of the mixture itself. */
  readonly itself: Cloud
}

/** Samples in the plane. */
export interface Cloud {
  readonly name: string
  /** How many belong to each Gaussian. */
  readonly counts: readonly number[]
  /** The first ones, in hundredths: `x y`, with commas between them. */
  readonly points: string
}

/** Images that a generator made after training. */
export interface Drawings {
  readonly setting: string
  readonly clauses: readonly string[]
  readonly axis: string
  readonly places: readonly number[]
  readonly discriminator: readonly number[]
  readonly generator: readonly number[]
  readonly grid: Sheet
  /** Of each image of the grid, the digit of the training set that is nearest, and how far away it is. */
  readonly nearest: readonly { readonly digit: number; readonly distance: number }[]
  /** Images on the way from one noise vector to another, and which share of it each has gone. */
  readonly between: Sheet
  readonly shares: readonly number[]
  /** The root mean squared difference from the first and from the last of them. */
  readonly fromFirst: readonly number[]
  readonly fromLast: readonly number[]
}

/** A picture in sixteen steps from black to white. */
export interface Sheet {
  readonly width: number
  readonly height: number
  /** A hexadecimal digit a pixel, rows from the top. */
  readonly gray: string
}
