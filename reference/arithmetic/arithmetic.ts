/**
 * The operations on numbers from which every formula of the reference is built.
 *
 * A formula is written once, against this interface, and evaluated in several arithmetics:
 * `number` (IEEE double), `extended` (64 decimal digits), `rounded` (the same with what its own
 * roundings come to), `complex` (for derivatives by a complex step), `bounded` (a double with the rounding error that an implementation may make),
 * `tape` (the same, for what is deep), `spread` (how the errors of a long sum are spread) and `paths` (where
 * errors may cancel).
 */
export interface Arithmetic<T> {
  readonly name:
    | 'number'
    | 'extended'
    | 'rounded'
    | 'complex'
    | 'bounded'
    | 'tape'
    | 'spread'
    | 'paths'

  /** An exactly known number: a count, an index, an element of an input, a parameter. */
  exact(value: number): T
  /** The nearest double, for display and comparison. */
  toNumber(x: T): number

  add(x: T, y: T): T
  subtract(x: T, y: T): T
  multiply(x: T, y: T): T
  divide(x: T, y: T): T
  negate(x: T): T
  abs(x: T): T

  /** The sum of the terms; in any order, as far as rounding is concerned. The empty sum is 0. */
  total(terms: Iterable<T>): T
  /** The same, for terms that come one by one and need not be kept; left out where it gains nothing. */
  accumulator?(): Accumulator<T>
  /** The largest of at least one number; NaN when any of them is NaN. */
  maximum(terms: readonly T[]): T

  exp(x: T): T
  log(x: T): T
  sqrt(x: T): T
  tanh(x: T): T
  /** `x` to the power `y`, for `x > 0`, or `x = 0` and `y > 0`. */
  power(x: T, y: T): T

  /**
   * Whether `x < y`. In `bounded` arithmetic it throws `Indeterminate` when the errors of both
   * leave the answer open; the case is then discarded and counted.
   */
  less(x: T, y: T): boolean

  /**
   * One number that practice computes in several algebraically equal ways, such as a mean as a sum
   * divided and as a sum of shares: the value of the first, and an error that covers them all,
   * also one that comes out elsewhere, where any of several answers is right.
   * Arithmetics without errors evaluate the first only.
   */
  anyOf(...evaluations: readonly (() => T)[]): T
  /**
   * What was computed once, such as the forward pass of a gradient, or the same once more where an
   * implementation may have other roundings in it for some of its uses; left out where nothing differs.
   */
  again?<R>(computed: R, compute: () => R): R
  /** Whether the implementation declares that it takes a short cut that costs accuracy. */
  allows(shortcut: Shortcut): boolean
  /**
   * A number that an iteration of linear algebra finds, of which only norms bound the error: so many
   * roundings of a number of the size of the norm; and, where several answers are right, how far apart two
   * of them may be, or what else an error of that size leads to, such as that of a root. Left out where numbers carry no error.
   */
  normwise?(
    value: number,
    roundings: number,
    norm: number,
    apart?: number | ((off: number) => number),
  ): T
  /** By what share of its norm a decomposition may miss a matrix, where an implementation declares that. */
  readonly decomposition?: number
  /** What a convolution by transforms adds to its error; left out where none is declared. */
  readonly transforms?: Transforms<T>
}

/**
 * Evaluations that are algebraically equal to the usual one but keep less of the accuracy, so that an
 * implementation has to declare them with its profile.
 *
 * - `sigmoid by tanh`: ½ (1 + tanh(x / 2)), which is accurate beside 1 and not beside its own size.
 * - `convolution by transforms`: Winograd's algorithm or Fourier transforms, bounded by norms only.
 * - `divergences added up`: two Kullback–Leibler divergences from the mean of two distributions, which cancel
 *   where these are close, so that their sum is as accurate as a share and may fall below 0.
 */
export type Shortcut = 'sigmoid by tanh' | 'convolution by transforms' | 'divergences added up'

/** What only norms bound: an error of a share of ‖image‖ ‖filter‖ in every element of a response. */
export interface Transforms<T> {
  /** An upper limit of the Euclidean norm of the numbers, their errors included. */
  norm(numbers: Iterable<T>): number
  /** A response that may be off by what transforms of images and filters of these norms make of it. */
  widen(response: T, norms: readonly [image: number, filter: number], size: TransformSize): T
}

/** What the constant of a bound by norms depends on. */
export interface TransformSize {
  /** Rows and columns of the padded image. */
  readonly image: readonly [number, number]
  /** Rows and columns of the kernel. */
  readonly kernel: readonly [number, number]
  /** Convolutions that are added up: one a channel. */
  readonly channels: number
}

/** A sum that is still open. */
export interface Accumulator<T> {
  add(term: T): void
  /** Adds the product of two numbers, which need not be made for it; left out where it gains nothing. */
  addProduct?(x: T, y: T): void
  total(): T
}

/** A comparison that the rounding errors of its operands leave open. */
export class Indeterminate extends Error {
  override readonly name = 'Indeterminate'
}
