import type { NumberArray } from '../../reference/arithmetic/array.ts'
import {
  type Operation,
  type Parameters,
  type Range,
  rangeOf,
  type Space,
} from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import type { Argument, Bench, Comparison } from '../engine/property.ts'
import { axisBeside, layered, memberAt } from './along.ts'
import { numbers, plain, zeros } from './arrays.ts'

type Arguments = Readonly<Record<string, Argument>>
type Arrays<T> = Readonly<Record<string, NumberArray<T>>>
interface Question {
  readonly inputs: Arguments
  readonly parameters: Parameters
}

/** A question that is made from answers. */
export interface Asked extends Question {
  /** The inputs that are answers, besides states; those that the whole is not given, unless told otherwise. */
  readonly answered?: readonly string[]
}

/** What was asked, and what was answered, as plain numbers. */
export interface Whole extends Question {
  readonly answers: Arrays<number>
}

/** What the question of one step is made from. */
export interface Step extends Whole {
  /** Which step it is, from 0 on. */
  readonly t: number
  /** The states before it, by the inputs that they enter. */
  readonly before: Arguments
}

/** What is made of the states of all steps, where names do not say what it is asked. */
export interface Totals {
  readonly of: Operation
  readonly ask: (whole: Whole) => Asked
  /** The outputs of the whole that it gives. */
  readonly gives: <T>(outputs: Arrays<T>, whole: Whole) => Arrays<T>
}

/** How the steps of an operation hang together; see `Stepwise`. */
export interface Links {
  readonly states: string | readonly string[]
  readonly step: Operation
  readonly carry: Readonly<Record<string, string | null>>
  readonly enters?: Readonly<Record<string, string>>
  readonly backwards?: boolean
  readonly withStart?: boolean
  readonly along?: string
  readonly ask?: (step: Step) => Asked
  readonly gives?: <T>(outputs: Arrays<T>) => Arrays<T>
}

/** One answer, in which each state is compared with what follows from the one before it. */
export class Chain<T> {
  readonly #states: readonly string[]
  /** What was returned, as plain numbers. */
  readonly #own: Arrays<number>
  readonly #length: number

  constructor(
    readonly of: Operation,
    readonly links: Links,
    readonly bench: Bench<T, Space>,
    readonly answer: Arrays<T>,
  ) {
    const { states, withStart = false } = links
    this.#states = typeof states === 'string' ? [states] : states
    this.#own = mapValues(answer, (array) => numbers(bench.arithmetic, array))
    const [first] = this.#states
    this.#length = answer[first!]!.shape[this.#axisOf(first!)]! - (withStart ? 1 : 0)
  }

  /** Every state against what follows from the one before; the first against what it is to be. */
  steps(): readonly Comparison<T>[] {
    const { withStart = false, carry } = this.links
    const after = Array.from({ length: this.#length }, (_, t) => this.#after(t))
    const starts = withStart
      ? Object.keys(carry).map((input) => {
          const state = this.#stateOf(input)
          return [state, this.bench.exact(this.#start(input))] as const
        })
      : []
    return this.#states.flatMap((state) => {
      const axis = this.#axisOf(state)
      const start = starts.filter(([name]) => name === state).map(([, array]) => array)
      const each = [...start, ...after.map((outputs) => outputs[state]!)]
      // Without a step, there is nothing to compare.
      return each.length === 0
        ? []
        : [
            {
              label: `${state} after each step`,
              expected: layered(axis, each),
              actual: this.answer[state]!,
              scale: { range: this.#rangeOf(state), steps: axis },
            },
          ]
    })
  }

  /** What is made of all states, against what follows from those that were returned. */
  totals(totals: Operation | Totals): readonly Comparison<T>[] {
    const { of, ask, gives } = 'ask' in totals ? totals : this.#totalsByName(totals)
    const whole = this.#whole()
    const { inputs, parameters, answered = [] } = ask(whole)
    const expected = gives(
      this.bench.expectedFrom<Operation>(of, inputs, parameters, answered),
      whole,
    )
    // A derivative by an array that is left out may be missing.
    const given = Object.keys(expected).filter((output) => output in this.answer)
    return given.map((output) => ({
      label: `${output} of the states`,
      expected: expected[output]!,
      actual: this.answer[output]!,
      scale: { range: this.#rangeOf(output) },
    }))
  }

  #whole(): Whole {
    const { inputs, parameters } = this.bench
    return { inputs, parameters, answers: this.#own }
  }

  #totalsByName(operation: Operation): Totals {
    return {
      of: operation,
      ask: ({ inputs, answers }) => ({
        inputs: mapNames(operation.inputs, (name) => inputs[name] ?? answers[name]!),
        parameters: this.#parametersOf(operation),
        answered: Object.keys(operation.inputs).filter((name) => !(name in this.of.inputs)),
      }),
      gives: (outputs) => outputs,
    }
  }

  #after(t: number): Arrays<T> {
    const { of, bench, links } = this
    const { step, carry, ask, gives = <U>(outputs: Arrays<U>) => outputs } = links
    const before = mapNames(carry, (input) => this.#before(t, input))
    const asked: Asked = ask?.({ t, before, ...this.#whole() }) ?? {
      inputs: mapNames(step.inputs, (name) => before[name] ?? this.#part(name, t)),
      parameters: this.#parametersOf(step),
    }
    const { inputs, parameters } = asked
    const isReturned = (name: string) =>
      name in carry
        ? !this.#isFirst(t) || links.withStart
        : (asked.answered?.includes(name) ?? !(name in of.inputs))
    const answered = Object.keys(inputs).filter(isReturned)
    return gives(bench.expectedFrom<Operation>(step, inputs, parameters, answered))
  }

  #isFirst(t: number): boolean {
    return t === (this.links.backwards ? this.#length - 1 : 0)
  }

  /** The state before a step, by the input that it enters. */
  #before(t: number, input: string): Argument {
    const { backwards = false, withStart = false } = this.links
    if (this.#isFirst(t) && !withStart) return this.#start(input)
    const state = this.#stateOf(input)
    const place = backwards ? t + 1 : withStart ? t : t - 1
    return memberAt(this.#own[state]!, this.#axisOf(state), place)
  }

  /** The state before the first step, as it is given. */
  #start(input: string): Argument {
    const { bench, links } = this
    const first = links.carry[input]!
    if (first !== null) return bench.inputs[first]!
    const state = this.#stateOf(input)
    return zeros(this.answer[state]!.shape.toSpliced(this.#axisOf(state), 1))
  }

  /** An input of a step that is no state: of the whole, or another output of it, or its part for the step. */
  #part(name: string, t: number): Argument {
    const { of, bench, links } = this
    const whole = of.inputs[name] ?? of.outputs[name]
    const array = bench.inputs[name] ?? this.#own[name]
    if (whole === undefined || array === undefined) {
      throw new Error(`${of.id} has no array ${name}, for which ${links.step.id} asks`)
    }
    const axis = axisBeside(whole.axes, links.step.inputs[name]!.axes)
    return axis < 0 ? array : memberAt(plain(array), axis, t)
  }

  /** The state that enters a step at an input: the one that is said to, the one of that name, or the only one. */
  #stateOf(input: string): string {
    const said = this.links.enters?.[input]
    if (said !== undefined) return said
    if (this.#states.includes(input)) return input
    if (this.#states.length === 1) return this.#states[0]!
    throw new Error(`${this.of.id}: which state enters at ${input}?`)
  }

  #axisOf(state: string): number {
    const { along } = this.links
    if (along !== undefined) return this.of.outputs[state]!.axes.indexOf(along)
    const part = this.links.step.outputs[state] ?? this.of.outputs[state]!
    return Math.max(0, axisBeside(this.of.outputs[state]!.axes, part.axes))
  }

  #rangeOf(output: string): Range | null {
    return rangeOf(this.of.outputs[output]!, this.bench.parameters)
  }

  #parametersOf({ parameters }: Operation): Parameters {
    return mapNames(parameters, (name) => this.bench.parameters[name])
  }
}

function mapNames<B>(record: object, value: (name: string) => B): Record<string, B> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, value(name)]))
}
