import type { CaseView, InputsOf, Operation, ParametersOf } from '../../spec/language/operation.ts'
import type { NumberRange, Ranges } from '../protocol/ranges.ts'

/** Whether an operation takes a valid case: `true`, or `false` or the reason why it does not. */
export type Takes = (the: CaseView) => boolean | string

/** What an implementation declares that an operation takes: ranges as plain data, or a predicate. */
export type Support = Ranges | Takes

/** What may be declared of one operation, typed from its signature. */
export type SupportOf<O extends Operation> =
  | {
      readonly sizes?: { readonly [S in keyof O['dimensions']]?: RangeOf<number> }
      readonly parameters?: {
        readonly [P in keyof O['parameters']]?: RangeOf<ParametersOf<O>[P]>
      }
      readonly absent?: readonly OptionalIn<O['inputs']>[]
    }
  | ((the: {
      readonly sizes: { readonly [S in keyof O['dimensions']]: number }
      readonly inputs: InputsOf<O>
      readonly parameters: ParametersOf<O>
    }) => boolean | string)

/** The names of the arrays that may be left out. */
export type OptionalIn<Arrays> = {
  [Name in keyof Arrays]: Arrays[Name] extends { readonly optional: true } ? Name : never
}[keyof Arrays]

type RangeOf<Value> = OneRangeOf<Value> | { readonly anyOf: readonly OneRangeOf<Value>[] }

type OneRangeOf<Value> = Value extends number
  ? number | NumberRange
  : Value extends string | boolean
    ? Value
    : Value extends readonly (infer Item)[]
      ? OneRangeOf<Item> | { readonly [I in keyof Value]: RangeOf<Value[I]> }
      : { readonly [Field in keyof Value]?: RangeOf<Value[Field]> }
