/**
 * Parameters of an operation, described as plain data.
 *
 * A description says which values are *valid* (`min`, `max`: anything outside must be rejected) and
 * which are *generated* (`upTo`: how far generated cases go). The TypeScript type, the generator,
 * the check of arguments and the wire form all follow from it.
 */

/** A whole number in `min..max`; cases go up to `upTo`. */
export interface IntegerParameter {
  readonly kind: 'integer'
  readonly min: number
  readonly max: number
  readonly upTo: number
}

/** A real number in `min..max` (ends included unless `open`); cases use `values` and points of `from..to`. */
export interface RealParameter {
  readonly kind: 'real'
  readonly min: number
  readonly max: number
  readonly open: boolean
  readonly from: number
  readonly to: number
  readonly values: readonly number[]
}

/** One of a few words. */
export interface ChoiceParameter<Word extends string = string> {
  readonly kind: 'choice'
  readonly options: readonly Word[]
}

export interface BooleanParameter {
  readonly kind: 'boolean'
}

/** A fixed number of parameters in a row, such as `[vertical, horizontal]`. */
export interface TupleParameter<Items extends readonly Parameter[] = readonly Parameter[]> {
  readonly kind: 'tuple'
  readonly items: Items
}

/** Between `min` and `max` parameters of the same kind, such as the layers of a network. */
export interface ListParameter<Item extends Parameter = Parameter> {
  readonly kind: 'list'
  readonly item: Item
  readonly min: number
  readonly max: number
}

/** A record of parameters. */
export interface RecordParameter<
  Fields extends Readonly<Record<string, Parameter>> = Readonly<Record<string, Parameter>>,
> {
  readonly kind: 'record'
  readonly fields: Fields
}

/** One of several kinds of value, such as a word or four amounts; cases take each equally often. */
export interface AlternativesParameter<
  Options extends readonly Parameter[] = readonly Parameter[],
> {
  readonly kind: 'alternatives'
  readonly options: Options
}

/** The sizes of named axes, for operations that no input tells them, such as the gradient's target. */
export interface SizesParameter {
  readonly kind: 'sizes'
  readonly of: readonly string[]
}

export type Parameter =
  | IntegerParameter
  | RealParameter
  | ChoiceParameter
  | BooleanParameter
  | SizesParameter
  | { readonly kind: 'tuple'; readonly items: readonly Parameter[] }
  | {
      readonly kind: 'list'
      readonly item: Parameter
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Parameter>> }
  | { readonly kind: 'alternatives'; readonly options: readonly Parameter[] }

/** The TypeScript type of the values that a description allows; anything, when it may be any description. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known of the values of an unknown description
export type ValueOf<P> = [Parameter] extends [P] ? any : KnownValueOf<P>

type KnownValueOf<P> = P extends IntegerParameter | RealParameter
  ? number
  : P extends ChoiceParameter<infer Word>
    ? Word
    : P extends BooleanParameter
      ? boolean
      : P extends SizesParameter
        ? readonly number[]
        : P extends TupleParameter<infer Items>
          ? { readonly [I in keyof Items]: ValueOf<Items[I]> }
          : P extends ListParameter<infer Item>
            ? readonly ValueOf<Item>[]
            : P extends RecordParameter<infer Fields>
              ? { readonly [F in keyof Fields]: ValueOf<Fields[F]> }
              : P extends AlternativesParameter<infer Options>
                ? ValueOf<Options[number]>
                : never

/** A whole number, at least `min`; generated up to `upTo`. */
export function integer(range: { min: number; upTo: number; max?: number }): IntegerParameter {
  return { kind: 'integer', max: Number.MAX_SAFE_INTEGER, ...range }
}

/** A real number; generated from the given `values` and between `from` and `to`. */
export function real(range: {
  min?: number
  max?: number
  open?: boolean
  from: number
  to: number
  values?: readonly number[]
}): RealParameter {
  return {
    kind: 'real',
    min: Number.NEGATIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
    open: false,
    values: [],
    ...range,
  }
}

export function choice<const Word extends string>(
  ...options: readonly Word[]
): ChoiceParameter<Word> {
  return { kind: 'choice', options }
}

export const boolean: BooleanParameter = { kind: 'boolean' }

export function tuple<const Items extends readonly Parameter[]>(
  ...items: Items
): TupleParameter<Items> {
  return { kind: 'tuple', items }
}

/** The same parameter for the vertical and for the horizontal axis, in this order. */
export function pair<P extends Parameter>(item: P): TupleParameter<readonly [P, P]> {
  return { kind: 'tuple', items: [item, item] }
}

export function list<P extends Parameter>(
  item: P,
  length: { min: number; max: number },
): ListParameter<P> {
  return { kind: 'list', item, ...length }
}

export function record<const Fields extends Readonly<Record<string, Parameter>>>(
  fields: Fields,
): RecordParameter<Fields> {
  return { kind: 'record', fields }
}

export function alternatives<const Options extends readonly Parameter[]>(
  ...options: Options
): AlternativesParameter<Options> {
  return { kind: 'alternatives', options }
}

/** The sizes of the named axes, in this order. */
export function sizes(...of: readonly string[]): SizesParameter {
  return { kind: 'sizes', of }
}
