import { build } from '../../../reference/arithmetic/array.ts'
import { truncate, truncated } from '../../../spec/lowrank/truncate.ts'
import type { Bench } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { numbers, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  dropsThreshold,
  forgetsValues,
  keepsAllEqual,
  keepsFirst,
  keepsSmallest,
  lastOfEqual,
  marksEverything,
  mixesVectors,
  oneMore,
  shareOfLargest,
  squaresValues,
} from './truncate-faults.ts'

const unit = tensor([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1])

export const truncateProperties = properties(
  truncated,
  agreementTwice(truncate, {
    kills: [
      keepsFirst,
      keepsSmallest,
      lastOfEqual,
      keepsAllEqual,
      dropsThreshold,
      shareOfLargest,
      oneMore,
      forgetsValues,
      squaresValues,
      mixesVectors,
      marksEverything,
    ],
  }),
  law('again', {
    of: truncate,
    title: 'to truncate again by the same rule changes nothing',
    kills: [keepsSmallest, marksEverything],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const once = await measure(truncate, inputs, parameters)
      const kept = numbers(arithmetic, once.kept)
      const rest = {
        ...inputs,
        S: tensor(
          [kept.data.length],
          kept.data.map((k, l) => k * inputs.S.data[l]!),
        ),
      }
      const count = kept.data.reduce((a, b) => a + b, 0)
      const twice = await measure(truncate, rest, { ...parameters, count })
      return [{ label: 'matrix', expected: once.matrix, actual: twice.matrix }]
    },
  }),
  law('count-of-threshold', {
    of: truncate,
    title: 'a threshold gives what a count of the values that reach it gives',
    kills: [dropsThreshold, shareOfLargest, keepsFirst, keepsSmallest, oneMore],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const { threshold } = parameters
      const count = Array.from(inputs.S.data).filter((s) => s >= threshold).length
      const byThreshold = await measure(truncate, inputs, {
        rule: 'threshold',
        threshold,
        count: 0,
      })
      const byCount = await measure(truncate, inputs, { rule: 'count', threshold, count })
      return [
        { label: 'kept', expected: byThreshold.kept, actual: byCount.kept },
        { label: 'matrix', expected: byThreshold.matrix, actual: byCount.matrix },
      ]
    },
  }),
  law('value-by-value', {
    of: truncate,
    title: 'one value more adds the largest that is left, and its vectors',
    kills: [keepsSmallest, keepsFirst, squaresValues, forgetsValues],
    share: 0.5,
    async holds<T>({
      arithmetic,
      array,
      inputs,
      measure,
      parameters,
      sizes: { H, W, R },
    }: Bench<T, typeof truncate>) {
      const { add, exact, maximum, multiply, subtract, total } = arithmetic
      const count = Math.min(parameters.count, R! - 1)
      const ask = (count: number) =>
        measure(truncate, inputs, { rule: 'count', threshold: 0, count })
      const [fewer, more] = [await ask(count), await ask(count + 1)]
      const [U, S, V] = [array('U'), array('S'), array('V')]
      const added = more.kept.data.map((kept, l) => subtract(kept, fewer.kept.at(l)))
      const ofAdded = (of: (l: number) => T) =>
        total(added.map((isAdded, l) => multiply(isAdded, of(l))))
      const value = ofAdded((l) => S.at(l))
      const left = fewer.kept.data.map((kept, l) => multiply(subtract(exact(1), kept), S.at(l)))
      const outer = (i: number, j: number) =>
        multiply(
          value,
          multiply(
            ofAdded((l) => U.at(i, l)),
            ofAdded((l) => V.at(j, l)),
          ),
        )
      return [
        {
          label: 'the value that is added = the largest that is left',
          expected: scalar(maximum(left)),
          actual: scalar(value),
        },
        {
          label: 'more = fewer + s u vᵀ',
          expected: build([H!, W!], (i, j) => add(fewer.matrix.at(i, j), outer(i, j))),
          actual: more.matrix,
        },
      ]
    },
  }),
  worked('ties', {
    of: truncate,
    title: 'of equal values the first, and of a threshold what equals it, by hand',
    kills: [lastOfEqual, keepsAllEqual, dropsThreshold],
    cases: [
      {
        says: 'two of 1, 2, 2 and a count of one',
        inputs: { U: unit, S: tensor([3], [1, 2, 2]), V: unit },
        parameters: { rule: 'count', count: 1, threshold: 0 },
        gives: { kept: [0, 1, 0], matrix: [0, 0, 0, 0, 2, 0, 0, 0, 0] },
      },
      {
        says: 'a threshold of 2',
        inputs: { U: unit, S: tensor([3], [1, 2, 2]), V: unit },
        parameters: { rule: 'threshold', count: 0, threshold: 2 },
        gives: { kept: [0, 1, 1], matrix: [0, 0, 0, 0, 2, 0, 0, 0, 2] },
      },
    ],
  }),
)
