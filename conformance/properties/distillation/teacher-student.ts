import { build } from '../../../reference/arithmetic/array.ts'
import { studentStep, teacherStudent } from '../../../spec/distillation/teacher-student.ts'
import { free } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, plain, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { repeated } from '../../kit/repeated.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsSamples,
  climbs,
  crossEntropyForDivergence,
  exchangesRoles,
  firstClassAtZero,
  forgetsSquare,
  ignoresTemperature,
  keepsBias,
  lossAfter,
  normalizesOverSamples,
  teachesHard,
} from './teacher-student-faults.ts'

const { x, weights, bias } = studentStep.inputs

/** Samples and a student; a step so short that the loss cannot rise. */
const pupil = {
  dimensions: { ...studentStep.dimensions, D: free(1, 3, 'features of a sample') },
  inputs: { x, weights, bias },
  parameters: { temperature: studentStep.parameters.temperature },
}

export const teacherStudentProperties = properties(
  teacherStudent,
  agreementTwice(
    studentStep,
    {
      kills: [
        climbs,
        addsSamples,
        forgetsSquare,
        ignoresTemperature,
        keepsBias,
        teachesHard,
        exchangesRoles,
        lossAfter,
        crossEntropyForDivergence,
      ],
      share: 0.5,
    },
    { kills: [climbs, addsSamples, forgetsSquare, ignoresTemperature, keepsBias] },
  ),
  repeated(studentStep, {
    times: 5,
    carry: ['weights', 'bias'],
    share: 0.1,
    kills: [climbs, addsSamples, keepsBias],
  }),
  law('agrees', {
    of: pupil,
    asks: [studentStep],
    title: 'a student that says what its teacher says has no loss, and stays',
    kills: [crossEntropyForDivergence, normalizesOverSamples],
    share: 0.3,
    async holds({ exact, inputs, measure, parameters: { temperature }, sizes: { N, D, C } }) {
      const [samples, W, b] = [plain(inputs.x), plain(inputs.weights), plain(inputs.bias)]
      const v = build([N!, C!], (n, c) =>
        Array.from({ length: D! }, (_, d) => samples.at(n, d) * W.at(d, c)).reduce(
          (sum, term) => sum + term,
          b.at(c),
        ),
      )
      // Probabilities may miss 1 by a rounding, and a gradient that sums them then misses 0 by as much.
      const after = await measure(studentStep, { ...inputs, v }, { rate: 0.5, temperature })
      return [
        { label: 'loss', expected: exact(scalar(0)), actual: after.loss },
        { label: 'weights', expected: exact(inputs.weights), actual: after.weights },
        { label: 'bias', expected: exact(inputs.bias), actual: after.bias },
      ]
    },
  }),
  law('descends', {
    of: pupil,
    asks: [studentStep],
    title:
      'a step of the inverse of the largest squared norm of a sample never makes the loss larger',
    kills: [climbs],
    share: 0.3,
    values: 'reals',
    async holds({ arithmetic, inputs, measure, parameters: { temperature }, sizes: { N, D, C } }) {
      const samples = changed(inputs.x, (v) => Math.max(-8, Math.min(8, v)))
      const norms = Array.from({ length: N! }, (_, n) =>
        Array.from({ length: D! }, (_, d) => samples.at(n, d) ** 2).reduce((a, b) => a + b, 1),
      )
      const rate = 1 / Math.max(...norms)
      const v = build([N!, C!], (n, c) => (c === n % C! ? 2 : 0))
      const scores = (values: typeof inputs.weights) =>
        changed(values, (v) => Math.max(-4, Math.min(4, v)))
      const given = {
        x: samples,
        v,
        weights: scores(inputs.weights),
        bias: scores(inputs.bias),
      }
      const first = await measure(studentStep, given, { rate, temperature })
      const second = await measure(
        studentStep,
        {
          ...given,
          weights: numbers(arithmetic, first.weights),
          bias: numbers(arithmetic, first.bias),
        },
        { rate, temperature },
      )
      return [
        atMost(
          arithmetic,
          '0 ≤ loss after ≤ loss before',
          arithmetic.exact(0),
          second.loss.at(),
          first.loss.at(),
        ),
      ]
    },
  }),
  law('shifted', {
    of: studentStep,
    title: 'a number more for all classes of a sample changes nothing of what it teaches',
    kills: [firstClassAtZero],
    share: 0.3,
    async holds({ inputs, measure, parameters }) {
      const v = build(inputs.v.shape, (n, c) => plain(inputs.v).at(n, c) + 2 * n + 1)
      const here = await measure(studentStep, inputs, parameters)
      const there = await measure(studentStep, { ...inputs, v }, parameters)
      return (['loss', 'weights', 'bias'] as const).map((label) => ({
        label,
        expected: here[label],
        actual: there[label],
      }))
    },
  }),
  worked('by-hand', {
    of: studentStep,
    title: 'a teacher and a student that are equally unsure: nothing to learn',
    kills: [crossEntropyForDivergence],
    inputs: {
      x: tensor([1, 1], [1]),
      v: tensor([1, 2], [3, 3]),
      weights: tensor([1, 2], [1, 1]),
      bias: tensor([2], [0, 0]),
    },
    parameters: { rate: 1, temperature: 1 },
    gives: { loss: [0], weights: [1, 1], bias: [0, 0] },
  }),
)
