import type { Parameter, ValueOf } from './parameter.ts'
import type { Tensor } from './tensor.ts'

/** The sizes of all named axes of a case, by symbol. */
export type Sizes = Readonly<Record<string, number>>

/** Parameters of a case as plain data; each operation narrows them by its signature. */
// biome-ignore lint/suspicious/noExplicitAny: the precise type follows from the signature, see ParametersOf
export type Parameters = Readonly<Record<string, any>>

/**
 * Where the size of a named axis comes from.
 *
 * - `free`: any size from `min` on; cases go up to `upTo`, a little beyond to keep sizes apart.
 * - `at-least`: any size that is not below `lower(sizes, parameters)`; cases add up to `slack`.
 *   A size below the bound must be rejected.
 * - `derived`: fixed by the other sizes and the parameters, such as the size of an output.
 */
export type Dimension =
  | { readonly kind: 'free'; readonly min: number; readonly upTo: number; readonly meaning: string }
  | {
      readonly kind: 'at-least'
      readonly lower: (sizes: Sizes, parameters: Parameters) => number
      readonly slack: number
      readonly meaning: string
      /** What the bound is, in words, for error messages: `the extent of the kernel`. */
      readonly bound: string
    }
  | {
      readonly kind: 'derived'
      readonly size: (sizes: Sizes, parameters: Parameters) => number
      readonly meaning: string
    }

export function free(min: number, upTo: number, meaning: string): Dimension {
  return { kind: 'free', min, upTo, meaning }
}

export function atLeast(
  lower: (sizes: Sizes, parameters: Parameters) => number,
  slack: number,
  meaning: string,
  bound: string,
): Dimension {
  return { kind: 'at-least', lower, slack, meaning, bound }
}

export function derived(
  size: (sizes: Sizes, parameters: Parameters) => number,
  meaning: string,
): Dimension {
  return { kind: 'derived', size, meaning }
}

/**
 * What the elements of an input may be: any finite number, zero or one, a number that is not negative, one
 * above zero, one from 0 to 1, or a whole number of the range that the input declares.
 */
export type Elements = 'real' | 'bit' | 'nonnegative' | 'positive' | 'share' | 'whole'

/** An array argument: the symbols of its axes, in order, and what its elements may be. */
export interface ArrayInput {
  readonly axes: readonly string[]
  readonly elements: Elements
  readonly meaning: string
  /** Between which numbers the elements of an output lie, where its formula says so, or those of a `whole` input. */
  readonly range?: Range | ((parameters: Parameters) => Range | null)
  /** Of an output: whether several answers are right, so that laws judge it and no element is compared. */
  readonly unique?: false
  /** Whether an input may be left out, which means zeros. Its axes are then told by other arguments. */
  readonly optional?: true
  /** Of bits: whether they are the padding of sequences, time first. */
  readonly pads?: true
  /**
   * Whether its elements, none of which is negative, must not all be 0, such as weights of a mean; or those of each
   * row, along the last axis, such as what a sample has of each class.
   */
  readonly some?: true | 'in each row'
  /** Whether it is a covariance: a symmetric matrix without negative eigenvalues, as far as rounding leaves it one. */
  readonly semidefinite?: true
}

/** An input that may be left out, which means zeros: `optional(array('the biases', 'Q'))`. */
export function optional(input: ArrayInput): ArrayInput & { readonly optional: true } {
  return { ...input, optional: true }
}

/** The least and the largest number that there may be. */
export type Range = readonly [low: number, high: number]

/** An array of any finite numbers with the given axes: `array('the images', 'N', 'H', 'W', 'K')`. */
export function array(meaning: string, ...axes: readonly string[]): ArrayInput {
  return { axes, elements: 'real', meaning }
}

/** An array of zeros and ones. */
export function bits(meaning: string, ...axes: readonly string[]): ArrayInput {
  return { axes, elements: 'bit', meaning }
}

/** Which steps of which sequences are padding, time first: 1 where one is. Most cases have it behind. */
export function padding(
  meaning: string,
  ...axes: readonly [time: string, sequences: string]
): ArrayInput & { readonly pads: true } {
  return { ...bits(meaning, ...axes), pads: true }
}

/** An array of numbers that are not negative. */
export function nonnegative(meaning: string, ...axes: readonly string[]): ArrayInput {
  return { axes, elements: 'nonnegative', meaning }
}

/** An array of numbers above 0. */
export function positive(meaning: string, ...axes: readonly string[]): ArrayInput {
  return { axes, elements: 'positive', meaning }
}

/** An array of numbers from 0 to 1, both of which come up, such as probabilities. */
export function share(meaning: string, ...axes: readonly string[]): ArrayInput {
  return { axes, elements: 'share', meaning }
}

/** An array of whole numbers of a range that has 0 in it, or of one that depends on the parameters. */
export function whole(
  range: NonNullable<ArrayInput['range']>,
  meaning: string,
  ...axes: readonly string[]
): ArrayInput {
  return { axes, elements: 'whole', meaning, range }
}

/** An input of numbers that are not negative, of which at least one is above 0: `some(nonnegative(…))`. */
export function some(input: ArrayInput): ArrayInput & { readonly some: true } {
  return { ...input, some: true }
}

/** An input of numbers that are not negative, of which each row, along the last axis, has one above 0. */
export function someInEachRow(input: ArrayInput): ArrayInput & { readonly some: 'in each row' } {
  return { ...input, some: 'in each row' }
}

/** A covariance of features, whose axis is given once: `covariance('how features vary together', 'D')`. */
export function covariance(
  meaning: string,
  axis: string,
): ArrayInput & { readonly semidefinite: true } {
  return { ...array(meaning, axis, axis), semidefinite: true }
}

/** An output whose elements lie in a range, or in one that depends on the parameters. */
export function ranged(range: NonNullable<ArrayInput['range']>, output: ArrayInput): ArrayInput {
  return { ...output, range }
}

/**
 * An output of which several answers are right, such as vectors with either sign: the properties of the
 * operation say what it must satisfy, and no element of it is compared with the reference.
 */
export function notUnique(output: ArrayInput): ArrayInput & { readonly unique: false } {
  return { ...output, unique: false }
}

/** The range of an output in a case, or `null` where none is declared. */
export function rangeOf({ range }: ArrayInput, parameters: Parameters): Range | null {
  return typeof range === 'function' ? range(parameters) : (range ?? null)
}

/**
 * A condition between sizes and parameters that no single range expresses.
 * `repair` turns any parameters into ones that satisfy it, so that cases are constructed and never
 * filtered; `violate` turns valid parameters into ones that do not, for the cases to be rejected.
 */
export interface Constraint {
  readonly says: string
  readonly argument: string
  readonly holds: (sizes: Sizes, parameters: Parameters) => boolean
  readonly repair: (parameters: Parameters, sizes: Sizes) => Parameters
  readonly violate: (parameters: Parameters, sizes: Sizes) => Parameters
}

/**
 * A configuration that people really use, as far as it says anything: a size that is left out, or a
 * parameter, is drawn. A size may follow from others: `{ H: 8, W: ({ H }) => H! }` is a square image.
 */
export interface Usual {
  readonly sizes?: Readonly<Record<string, number | ((sizes: Sizes) => number)>>
  readonly parameters?: Parameters
}

/**
 * A configuration with long sums: every size that does not follow from others, and every parameter. Where
 * an operation has several layers, the sums of one of them come out as they are if what is before and
 * behind it passes on what it gets.
 */
export interface LongSums extends Usual {
  /** The arrays that are not drawn at random, or not with either sign. */
  readonly arrays?: Readonly<Record<string, Arranged>>
}

/**
 * An array that is arranged: the identity along its last two axes, everywhere along those before or, as a
 * kernel that gives on what it gets, in their middle alone; ones or zeros throughout; or numbers that are
 * drawn, without their signs.
 */
export type Arranged = 'identity' | 'identity kernel' | 'ones' | 'zeros' | 'magnitudes'

/** What a case consists of: named sizes, arrays and parameters. */
export interface Space {
  readonly dimensions: Readonly<Record<string, Dimension>>
  readonly inputs: Readonly<Record<string, ArrayInput>>
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly constraints?: readonly Constraint[]
  /** What practice uses: a fifth of the cases are one of these, which code is most often made fast for. */
  readonly usual?: readonly Usual[]
  /**
   * How much work a case is, in multiplications or so, where sizes do not say it: by its depth, or the
   * steps of a simulation. Cases stay below a limit of it.
   */
  readonly work?: (sizes: Sizes, parameters: Parameters) => number
  /**
   * Of an operation that rounds even where its arguments are small whole numbers, or looks at several
   * numbers for each of its work: how many products with a bound each is worth; `null` for parameters
   * with which neither is so. Large cases have as much less of it.
   */
  readonly effort?: (parameters: Parameters) => number | null
  /**
   * Arrays of which large numbers close or open every gate, so that what depends on one is less than rounding
   * explains. Where arrays are drawn each in its own way, most of them stay near 1.
   */
  readonly saturating?: readonly string[]
}

/** What an implementation must offer at least to claim a level; levels cannot be claimed in part. */
export type Level = 'core' | 'gradients' | 'special-values'

/** A pure function with named, shaped inputs, parameters and outputs. */
export interface Operation extends Space {
  /** `area.name`, for instance `cnn.conv2d`. */
  readonly id: string
  readonly title: string
  readonly level: Level
  /** The axes of each output; sizes are derived dimensions or those of the inputs. */
  readonly outputs: Readonly<Record<string, ArrayInput>>
  /**
   * Kinds of case that a run must reach, by name. A case belongs to a class when its predicate holds;
   * a class that no case of a run reached is a failure of the suite.
   */
  readonly classes: Readonly<Record<string, (the: CaseView) => boolean>>
  /**
   * Configurations in which its outputs, a thousand of them and more, are sums of 64 terms and more of
   * products of its inputs: there errors are judged by their statistics, too. Or, where some case has such
   * sums but none is of products of inputs, the reason.
   */
  readonly sums?: readonly LongSums[] | string
  /**
   * The outputs that hold what it has on its way, step by step, so that each step can be judged by itself.
   * An implementation that cannot return them says so, and is judged by the other outputs.
   */
  readonly states?: readonly string[]
  /** Of which operation it is the gradient, and by which of its outputs the loss is differentiated. */
  readonly derivative?: { readonly of: Operation; readonly from: readonly string[] }
}

/** A case as the predicates of classes see it. */
export interface CaseView {
  readonly sizes: Sizes
  // biome-ignore lint/suspicious/noExplicitAny: a predicate knows the parameters of its own operation
  readonly parameters: any
  readonly inputs: Readonly<Record<string, Tensor>>
}

/** Keeps the literal types of an operation, so that everything typed follows from its signature. */
export function operation<const O extends Operation>(definition: O): O {
  return definition
}

export type InputsOf<S extends Space> = { readonly [I in keyof S['inputs']]: Tensor }
export type ParametersOf<S extends Space> = {
  readonly [P in keyof S['parameters']]: ValueOf<S['parameters'][P]>
}
