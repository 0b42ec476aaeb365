import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { scoresGradient } from '../../../spec/rnn/scores.ts'
import type { Argument } from '../../engine/property.ts'
import { joined, part, plain } from '../../kit/arrays.ts'
import type { Totals, Whole } from '../../kit/chain.ts'

type Steps = NumberArray<number>

/** What is added up over all steps and sequences: deltas, and what they are multiplied by. */
interface Parts {
  /** The derivatives by what enters each layer, T × N × units. */
  readonly deltas: readonly Steps[]
  /** What each layer is given, T × N × units. */
  readonly given: readonly Steps[]
}

/** Sums over time of some deltas times some of what is given, and deltas through weights. */
export interface Sums<T> {
  /** Σ δ gᵀ, of the delta and the given array of these places. */
  weights(delta: number, given: number): NumberArray<T>
  /** Σ δ. */
  biases(delta: number): NumberArray<T>
  /** The first delta through the first weights. */
  readonly back: NumberArray<T>
}

/** Where each of several arrays begins when they stand beside each other along their last axis. */
function places(arrays: readonly Steps[]) {
  const widths = arrays.map(({ shape }) => shape[2]!)
  return widths.map((width, at) => ({
    width,
    from: widths.slice(0, at).reduce((sum, each) => sum + each, 0),
  }))
}

/**
 * Gradients of several layers that are sums over time, from the deltas and the states that an implementation
 * returned. All deltas beside each other are one gradient of scores, and all that is given one state: the sums of
 * each layer are a block of the gradient by the weights between them.
 */
export function sumsOverTime(
  partsOf: (whole: Whole) => Parts,
  firstWeights: string,
  gives: <T>(sums: Sums<T>, whole: Whole) => Readonly<Record<string, NumberArray<T>>>,
): Totals {
  return {
    of: scoresGradient,
    ask: (whole) => {
      const { deltas, given } = partsOf(whole)
      const first = plain(whole.inputs[firstWeights]!)
      const [dO, h] = [joined(2, ...deltas), joined(2, ...given)]
      const V = build([dO.shape[2]!, h.shape[2]!], (k, i) =>
        k < first.shape[0]! && i < first.shape[1]! ? first.at(k, i) : 0,
      )
      return { inputs: { h, V, do: dO }, parameters: {}, answered: ['h', 'do'] }
    },
    gives: ({ dh, dV, dc }, whole) => {
      const { deltas, given } = partsOf(whole)
      const [rows, columns] = [places(deltas), places(given)]
      const x = given[0]!
      const weights = (delta: number, of: number) => {
        const [row, column] = [rows[delta]!, columns[of]!]
        return part(dV!, [row.width, column.width], [row.from, column.from])
      }
      const biases = (delta: number) => part(dc!, [rows[delta]!.width], [rows[delta]!.from])
      return gives({ weights, biases, back: part(dh!, x.shape) }, whole)
    },
  }
}

/** The inputs of every step, of which nothing counts where it is padding. */
export function countedInputs(x: Argument, padded: Argument): Steps {
  const [given, isPadding] = [plain(x), plain(padded)]
  return build(given.shape, (t, n, j) => (isPadding.at(t, n) === 1 ? 0 : given.at(t, n, j)))
}

/** Each of several layers of an array that holds them by step. */
export function eachLayer(array: Steps): readonly Steps[] {
  const [T, layers, N, M] = array.shape as [number, number, number, number]
  return Array.from({ length: layers }, (_, l) =>
    build([T, N, M], (t, n, i) => array.at(t, l, n, i)),
  )
}

/** Arrays of several layers as one, of which there may be none. */
export const ofLayers = <T>(shape: readonly number[], each: readonly NumberArray<T>[]) =>
  build([each.length, ...shape], (l, ...at) => each[l]!.at(...at))
