import {
  type ArrayInput,
  type Constraint,
  type LongSums,
  type Operation,
  optional,
  type Usual,
} from './operation.ts'
import { isAbsent, type Tensor } from './tensor.ts'

/** The name of the derivative of the loss by an array: `dx` by `x`, `dFilters` by `filters`. */
export type GradientName<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `d${Rest extends '' ? First : `${Uppercase<First>}${Rest}`}`
  : never

export function gradientName<Name extends string>(name: Name): GradientName<Name> {
  const written = name.length === 1 ? name : name[0]!.toUpperCase() + name.slice(1)
  return `d${written}` as GradientName<Name>
}

type Names<Arrays> = keyof Arrays & string
type Arrays<Name extends string> = Readonly<Record<Name, ArrayInput>>

/** The derivatives of a loss, of which those by states may be left out beside others. */
type SlopesBy<Forward extends Operation, From extends string> = {
  readonly [Name in From as GradientName<Name>]: Name extends StateOf<Forward>
    ? Exclude<From, StateOf<Forward>> extends never
      ? ArrayInput
      : ArrayInput & { readonly optional: true }
    : ArrayInput
}

type StateOf<Forward extends Operation> = Forward extends {
  readonly states: readonly (infer State)[]
}
  ? State
  : never

/** An operation that is the gradient of another one, by the names of its arrays. */
export interface Gradient<
  Forward extends Operation,
  By extends string,
  Without extends string,
  From extends string,
  State extends string,
> {
  readonly id: `${Forward['id']}Gradient`
  readonly title: string
  readonly level: 'gradients'
  readonly dimensions: Forward['dimensions']
  readonly inputs: Omit<Forward['inputs'], Without> & SlopesBy<Forward, From>
  readonly parameters: Forward['parameters']
  readonly constraints: readonly Constraint[]
  readonly usual: readonly Usual[]
  readonly work: NonNullable<Operation['work']>
  readonly effort: NonNullable<Operation['effort']>
  readonly outputs: Arrays<GradientName<By> | State>
  readonly states: readonly State[]
  readonly classes: Forward['classes']
  readonly sums?: readonly LongSums[] | string
  readonly derivative: { readonly of: Operation; readonly from: readonly string[] }
}

/**
 * The signature of the gradient of an operation, as it follows from that of the operation itself.
 *
 * It takes what the operation takes and the derivative of the loss by each of its outputs, and gives
 * the derivative by each of its inputs: of `y = f(x, filters)`, `x`, `filters` and `dy`, and then `dx`
 * and `dFilters`, each with the axes of the array by which it is the derivative. What may be left out of
 * the operation may be left out of its gradient, which then need not give the derivative by it; and so may
 * the derivative by a state that a loss does not look at, where it looks at something else.
 *
 * ```ts
 * export const fireGradient = gradientOf(fire, { title: 'Gradients of the fire module' })
 * ```
 */
export function gradientOf<
  const Forward extends Operation,
  const By extends Names<Forward['inputs']> = Names<Forward['inputs']>,
  const Without extends Names<Forward['inputs']> = never,
  const From extends Names<Forward['outputs']> = Names<Forward['outputs']>,
  const State extends string = never,
>(
  forward: Forward,
  {
    title = `Gradients of: ${forward.title}`,
    by = Object.keys(forward.inputs) as By[],
    without = [],
    from = Object.keys(forward.outputs) as From[],
    constraints = [],
    sums,
    work = forward.work ?? (() => 0),
    saturating,
    states = {} as Arrays<State>,
  }: {
    readonly title?: string
    /** The inputs by which it is taken; all unless told otherwise. */
    readonly by?: readonly By[]
    /** The inputs that no derivative depends on, such as that of a linear operation. */
    readonly without?: readonly Without[]
    /** The outputs on which the loss depends; all unless told otherwise. */
    readonly from?: readonly From[]
    /** What must hold for there to be a derivative, besides what the operation itself asks. */
    readonly constraints?: readonly Constraint[]
    /** Configurations in which its outputs are long sums, others than those of the operation; or why there are none. */
    readonly sums?: readonly LongSums[] | string
    /** How much work a case is; as much as one of the operation itself unless told otherwise. */
    readonly work?: Operation['work']
    /** The inputs of which large numbers leave nothing of a derivative. */
    readonly saturating?: Operation['saturating']
    /** What it has on its way, step by step, and returns beside the derivatives. */
    readonly states?: Arrays<State>
  } = {},
): Gradient<Forward, By, Without, From, State> {
  const { id, dimensions, inputs, parameters, outputs, classes } = forward
  const { usual = [] } = forward
  const taken = Object.entries(inputs).filter(([name]) => !without.some((other) => other === name))
  const isState = (name: string) => forward.states?.includes(name) ?? false
  const isEnough = from.some((name) => !isState(name))
  const given = from.map((name) => {
    const slope = gradientBy(outputs[name]!, 'of the loss by')
    return [gradientName(name), isEnough && isState(name) ? optional(slope) : slope]
  })
  const found = by.map((name) => [gradientName(name), gradientBy(inputs[name]!, 'by')])
  return {
    id: `${id}Gradient` as const,
    title,
    level: 'gradients',
    dimensions,
    inputs: Object.fromEntries([...taken, ...given]),
    parameters,
    constraints: [...(forward.constraints ?? []), ...constraints],
    usual,
    work,
    effort: forward.effort ?? (() => null),
    outputs: { ...Object.fromEntries(found), ...states },
    states: Object.keys(states) as State[],
    classes,
    ...(sums && { sums }),
    ...(saturating && { saturating }),
    derivative: { of: forward, from },
  }
}

/** The derivatives by arrays that are left out, which nobody asks a gradient for. */
export function unasked(
  { level, inputs, outputs }: Operation,
  given: Readonly<Record<string, Tensor | undefined>>,
): readonly string[] {
  if (level !== 'gradients') return []
  return Object.keys(inputs)
    .filter(
      (name) => inputs[name]!.optional && (given[name] === undefined || isAbsent(given[name])),
    )
    .map(gradientName)
    .filter((name) => name in outputs)
}

function gradientBy({ axes, meaning }: ArrayInput, relation: string): ArrayInput {
  return { axes, elements: 'real', meaning: `the derivative ${relation} ${meaning}` }
}
