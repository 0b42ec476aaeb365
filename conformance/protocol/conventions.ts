import { distance } from 'fastest-levenshtein'
import type { GradientName } from '../../spec/language/gradient.ts'
import type { Operation, ParametersOf } from '../../spec/language/operation.ts'

/**
 * What an implementation may follow instead of the conventions of the specification, which come first.
 * The harness puts its questions, and reads its answers, in the one that is declared.
 *
 * - `padding` around windows: `[top, bottom, left, right]` always (`amounts`), `[[top, bottom], [left,
 *   right]]` (`pairs`, as JAX has it), `[top, left, bottom, right]` (`pads`, as ONNX has it), that beside
 *   a word (`auto_pad`), `[h, w]` on both sides (`symmetric`, as PyTorch has it) or a word (`words`, as
 *   Keras has it). What the last two have no form for is put around the image beforehand.
 * - `alpha` of response normalization multiplies the sum of squares, or their mean over a whole window.
 * - `group`, which that sums over, is told by its radius r or its size 2r + 1, in place of `radius`.
 * - `average` pooling divides by the pixels under a window, or by the places of the window.
 * - `derivative` of what is linear in an array is told its size alone, or given zeros for it, as whoever
 *   differentiates a call of his own needs.
 * - `prunedFirst`, where only some of equal magnitudes, sums of them or saliencies go: the lower index, or the
 *   higher one.
 * - `halves` between two codes of quantized numbers: to the even count of steps, away from zero, up, or to the even
 *   sum with the zero point. Of what is computed with codes that are not returned, it changes nothing.
 * - `sequences` of several lengths: `padded` tells each step that is padding, or in its place `mask` each that
 *   is none, or `lengths` how many of each are none. Padding before a step, which no length tells, is declined.
 * - `paddedStates`, of recurrent layers at steps that are padding: the state before is kept, or zeros are given.
 * - `biases` of recurrent layers: one, or two, of the input and of the state, along an axis that comes first.
 * - `lstmGates`, input, forget, candidate (g) and output, `gruGates`, update (z), reset and candidate (n): their
 *   order, which is that of peepholes, too.
 * - `updateGate` of gated recurrent units: z is the share that it keeps of the state, or takes of the candidate.
 * - `recurrentWeights`: U and W, or in their place one array `weights`, whose rows have those of the input
 *   before those of the state, or behind them. A derivative by it, `dWeights`, is read likewise.
 * - `forgetBias` of long short-term memory: as given, or 1 more at every step. What cannot be made 1 less
 *   without rounding is declined.
 */
export const conventions = {
  padding: ['words or amounts', 'amounts', 'pairs', 'pads', 'auto_pad', 'symmetric', 'words'],
  alpha: ['sum', 'mean'],
  group: ['radius', 'size'],
  average: ['pixels', 'window'],
  derivative: ['by size', 'at zeros'],
  prunedFirst: ['lower index', 'higher index'],
  halves: ['to even', 'away from zero', 'up', 'sum to even'],
  sequences: ['padded', 'mask', 'lengths'],
  paddedStates: ['kept', 'zeros'],
  biases: ['one', 'two'],
  lstmGates: ['ifgo', 'iofg', 'ifog', 'igfo'],
  gruGates: ['zrn', 'rzn'],
  updateGate: ['keeps', 'takes'],
  recurrentWeights: ['apart', '[x, h]', '[h, x]'],
  forgetBias: ['as given', '1 more'],
} as const

type Known = typeof conventions

/** Conventions by name; those of other names are for the report. */
export type Conventions = {
  readonly [Name in keyof Known]?: Known[Name][number]
} & Readonly<Record<string, string>>

/** What is wrong with declared conventions, in words; `null` when nothing is. */
export function problemWithConventions(declared: Readonly<Record<string, string>>): string | null {
  for (const [name, choice] of Object.entries(declared)) {
    const choices: readonly string[] | undefined = Object.hasOwn(conventions, name)
      ? conventions[name as keyof Known]
      : undefined
    if (choices?.includes(choice)) continue
    if (choices) return `the convention ${name} is '${choice}'; expected ${choices.join(', ')}`
    const meant = Object.keys(conventions).find((known) => distance(known, name) <= 2)
    if (meant !== undefined) return `there is no convention ${name}; did you mean ${meant}?`
  }
  return null
}

type Four = readonly [number, number, number, number]
type Two<T> = readonly [T, T]

interface PaddingForms {
  readonly amounts: { readonly padding: Four }
  readonly pairs: { readonly padding: Two<Two<number>> }
  readonly pads: { readonly padding: Four }
  readonly auto_pad: {
    readonly auto_pad: 'NOTSET' | 'VALID' | 'SAME_UPPER'
    readonly pads: Four
  }
  readonly symmetric: { readonly padding: Two<number> }
  readonly words: { readonly padding: 'valid' | 'same' }
}

type Choice<C, Name extends string> =
  C extends Readonly<Record<Name, infer Chosen>> ? Chosen : undefined

type Padded<O extends Operation, P, Chosen> = Chosen extends keyof PaddingForms
  ? P extends { readonly padding: unknown; readonly strides: unknown }
    ? keyof O['inputs'] extends never
      ? P
      : Omit<P, 'padding'> & PaddingForms[Chosen]
    : P
  : P

type Grouped<P, Chosen> = Chosen extends 'size'
  ? P extends { readonly radius: unknown }
    ? Omit<P, 'radius'> & { readonly size: number }
    : P
  : P

/** The parameters of an operation as an implementation that declares conventions gets them. */
export type ParametersUnder<C, O extends Operation> =
  Grouped<Padded<O, ParametersOf<O>, Choice<C, 'padding'>>, Choice<C, 'group'>> extends infer P
    ? AtZeros<C, O> extends true
      ? Omit<P, 'imageSize' | 'kernelSize' | 'image'>
      : P
    : never

type AtZeros<C, O extends Operation> =
  Choice<C, 'derivative'> extends 'at zeros'
    ? O['level'] extends 'gradients'
      ? true
      : false
    : false

/** The arrays that an operation is given by an implementation's conventions. */
export type ArraysUnder<C, O extends Operation> =
  Sequences<
    AtZeros<C, O> extends true
      ? O['inputs'] & {
          readonly [Output in keyof O['outputs'] as Output extends
            | GradientName<keyof O['inputs'] & string>
            | States<O>
            ? never
            : ArrayOf<Output>]: O['outputs'][Output]
        }
      : O['inputs'],
    Choice<C, 'sequences'>
  > extends infer Arrays
    ? Packed<Arrays, Choice<C, 'recurrentWeights'>>
    : never

type Packed<Arrays, Chosen> = Chosen extends '[x, h]' | '[h, x]'
  ? Arrays extends { readonly U: infer Weights; readonly W: unknown }
    ? Omit<Arrays, 'U' | 'W'> & Readonly<Record<'weights', Weights>>
    : Arrays
  : Arrays

/** The outputs that an implementation gives by its conventions. */
export type OutputsUnder<C, O extends Operation> =
  Choice<C, 'recurrentWeights'> extends '[x, h]' | '[h, x]'
    ? O['outputs'] extends { readonly dU: infer Derivative; readonly dW: unknown }
      ? Omit<O['outputs'], 'dU' | 'dW'> & Readonly<Record<'dWeights', Derivative>>
      : O['outputs']
    : O['outputs']

type Sequences<Arrays, Chosen> = Chosen extends 'mask' | 'lengths'
  ? Arrays extends { readonly padded: infer Padded }
    ? Omit<Arrays, 'padded'> & Readonly<Record<Chosen, Padded>>
    : Arrays
  : Arrays

type States<O extends Operation> = O extends { readonly states: readonly (infer State)[] }
  ? State
  : never

type ArrayOf<Output> = Output extends `d${infer Name}` ? Uncapitalize<Name> : never

/** The array that an output is the derivative by: `filters` of `dFilters`; `null` where it is none. */
export function arrayOf(output: string): string | null {
  const name = output.match(/^d([A-Z].+|.)$/)?.[1]
  return name === undefined ? null : name[0]!.toLowerCase() + name.slice(1)
}
