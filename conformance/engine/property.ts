import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import type { NumberArray } from '../../reference/arithmetic/array.ts'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import type {
  InputsOf,
  Operation,
  ParametersOf,
  Sizes,
  Space,
} from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case, Values } from '../arbitraries/case.ts'
import type { Invalidity } from '../arbitraries/invalidity.ts'
import type { Fault } from './fault.ts'
import type { Floor } from './floor.ts'
import type { Scale } from './openness.ts'
import type { Sides } from './sides.ts'

/** Two arrays that the clause says are equal, as far as rounding allows. */
export interface Comparison<T> {
  readonly label: string
  /** What its sides are, where both are answers: `y of the flipped image` and `flipped y`. */
  readonly sides?: Sides
  readonly expected: NumberArray<T>
  readonly actual: NumberArray<T>
  /** The relative error that it would have shown, where its elements are no answers; see `Floor`. */
  readonly floor?: Floor
  /** By what to tell whether the bounds say anything, where they come from `expectedFrom`. */
  readonly scale?: Scale
  /** What is wrong where both differ, in words, or `null`: found out only if it is wanted. */
  readonly diagnose?: () => string | null
}

export type Arrays<T, O extends Operation> = {
  readonly [I in keyof O['outputs']]: NumberArray<T>
}

/** An argument of an operation in a law: a tensor of the case, or an array made from them. */
export type Argument = Tensor | NumberArray<number>

export type ArgumentsOf<O extends Operation> = { readonly [I in keyof O['inputs']]: Argument }

/**
 * What a property works with. Everything is evaluated in one arithmetic: plain numbers when both
 * sides may be equal to the bit, numbers with bounds otherwise; a property never needs to know.
 */
export interface Bench<T, S extends Space> {
  readonly sizes: Sizes
  readonly inputs: InputsOf<S>
  readonly parameters: ParametersOf<S>
  /** The arithmetic in which a law combines answers. */
  readonly arithmetic: Arithmetic<T>
  /** By which bounds the implementation is judged. */
  readonly judgedBy: { readonly precision: Precision; readonly profile: AccuracyProfile }
  /** An input of the case as exact numbers. */
  array(name: keyof S['inputs']): NumberArray<T>
  /** Any array of exactly known numbers, lifted into the arithmetic. */
  exact(values: Argument): NumberArray<T>
  /** What the implementation answers, taken literally: for comparison with the reference. */
  answer<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Promise<Arrays<T, O>>
  /** What the implementation answers, with the error that rounding may have caused: for laws. */
  measure<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Promise<Arrays<T, O>>
  /** What the reference says, with the error that an implementation may make. */
  expected<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
  ): Arrays<T, O>
  /**
   * The same where some of the inputs are answers of the implementation, which may go on with more digits
   * than it returned: each of them is off by the rounding of its format. Whether such bounds say anything
   * is told by the `scale` of the comparison that they enter.
   */
  expectedFrom<O extends Operation>(
    operation: O,
    inputs: NoInfer<ArgumentsOf<O>>,
    parameters: NoInfer<ParametersOf<O>>,
    answered: readonly (keyof O['inputs'])[],
  ): Arrays<T, O>
}

/** One executable check of a clause. */
export interface Property {
  /** The clause's id and a name of its own: `cnn.conv2d.linearity/additive`. */
  readonly id: string
  readonly clause: string
  readonly title: string
  /** Operations that an implementation must provide for this property to be run. */
  readonly operations: readonly Operation[]
  readonly space: Space
  readonly values: Values
  /**
   * Whether it compares an operation with its reference: its cases may go beyond the ranges in which
   * a law is posed, to whatever is valid.
   */
  readonly agrees?: boolean
  /** All that compare the same operation with its reference, which share a plan of their cases. */
  readonly shares?: { readonly plan: readonly Property[] }
  /** Whether it needs outputs that an implementation may say it cannot return; see `Operation.states`. */
  readonly needsStates?: boolean
  /** Why it says nothing of any implementation in a format; `null` where it does. */
  readonly saysNothingIn?: (precision: Precision) => string | null
  /** The highest floor with which it says something all the same, where a profile allows for more; see `Floor`. */
  readonly statedFloor?: (profile: AccuracyProfile) => number
  /** The faults that it must kill, at least one. */
  readonly kills: readonly Fault[]
  /** How many cases it tries, relative to the runs asked for; 1 unless a single case says it all. */
  readonly share: number
  readonly check: Check
  /** Whether its cases have to be as large as they are, so that none is made smaller. */
  readonly whole?: boolean
  /** Fixed cases that are tried first. */
  readonly examples: readonly Case[]
}

export type Check =
  | {
      readonly kind: 'comparison'
      readonly compare: <T>(bench: Bench<T, Space>) => Promise<readonly Comparison<T>[]>
    }
  | {
      readonly kind: 'rejection'
      readonly operation: Operation
      readonly invalidities: readonly Invalidity[]
    }
