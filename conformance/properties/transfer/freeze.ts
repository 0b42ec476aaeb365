import { build } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { freeze, freezeStep } from '../../../spec/transfer/freeze.ts'
import { finetune } from '../../../spec/transfer/training.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, numbers, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { repeated } from '../../kit/repeated.ts'
import {
  clearsVelocity,
  decaysFrozen,
  freezesNeighbours,
  invertsMask,
  masksGradientOnly,
  momentumGoesOn,
  multipliesMask,
  ratesGradient,
} from './freeze-faults.ts'
import { finetuneDecaysFrozen, finetuneFreezesMore, finetuneTrainsAll } from './training-faults.ts'

const kept = ['weights1', 'biases1', 'weights2', 'biases2'] as const
const trained = [...kept, 'head', 'bias'] as const

export const freezeProperties = properties(
  freeze,
  agreement(freezeStep, 'integers', {
    kills: [masksGradientOnly, decaysFrozen, momentumGoesOn, invertsMask, ratesGradient],
  }),
  agreement(freezeStep, 'reals', { kills: [masksGradientOnly, invertsMask, ratesGradient] }),
  repeated(freezeStep, {
    times: 20,
    carry: ['parameters', 'velocity'],
    kills: [ratesGradient, momentumGoesOn],
    share: 0.3,
  }),
  law('unmoved', {
    of: freezeStep,
    values: 'reals',
    title: 'after three steps, with decay and momentum, frozen parameters are the same to the bit',
    kills: [masksGradientOnly, decaysFrozen, momentumGoesOn, invertsMask],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { frozen, gradient, ...start } = inputs
      let at = { parameters: plain(start.parameters), velocity: plain(start.velocity) }
      for (let t = 0; t < 3; t++) {
        const after = await answer(freezeStep, { ...at, gradient, frozen }, parameters)
        at = {
          parameters: numbers(arithmetic, after.parameters),
          velocity: numbers(arithmetic, after.velocity),
        }
      }
      const only = (values: Argument) =>
        exact(changed(values, (value, i) => (frozen.data[i] === 1 ? value : 0)))
      return (['parameters', 'velocity'] as const).map((name) => ({
        label: `frozen ${name}`,
        expected: only(start[name]),
        actual: only(at[name]),
      }))
    },
  }),
  law('not-finite', {
    of: {
      ...freezeStep,
      parameters: {
        value: choice('NaN', 'Infinity', '-Infinity'),
        where: choice('gradient', 'velocity'),
      },
    },
    asks: [freezeStep],
    title: 'a gradient or a velocity that is not finite leaves a frozen parameter as it is',
    kills: [multipliesMask, clearsVelocity],
    share: 0.5,
    async holds({ answer, array, exact, inputs, parameters: { value, where } }) {
      const { shape } = inputs.gradient
      const bad = { [where]: filled(shape, Number(value)), frozen: filled(shape, 1) }
      const given = { ...inputs, ...bad }
      const halves = { rate: 0.5, momentum: 0.5, decay: 0.5 }
      const { parameters, velocity } = await answer(freezeStep, given, halves)
      return [
        { label: 'parameters', expected: array('parameters'), actual: parameters },
        { label: 'velocity', expected: exact(given.velocity), actual: velocity },
      ]
    },
  }),
  equivariance('others-as-usual', {
    of: freezeStep,
    title: 'all others take the step that they take when nothing is frozen',
    kills: [freezesNeighbours],
    inputs: ({ frozen }) => ({ frozen: zeros(frozen.shape) }),
    compared: ({ parameters, velocity }, { arithmetic, inputs: { frozen } }) => {
      const zero = arithmetic.exact(0)
      const others = (values: typeof velocity) =>
        build(values.shape, (i) => (frozen.data[i] === 1 ? zero : values.at(i)))
      return { parameters: others(parameters), velocity: others(velocity) }
    },
  }),
  law('layers-unmoved', {
    of: finetune,
    values: 'reals',
    title: 'frozen layers of a network are the same to the bit after training',
    kills: [finetuneTrainsAll, finetuneDecaysFrozen],
    share: 0.5,
    async holds({ answer, array, inputs, parameters }) {
      // With none that is frozen there would be nothing to compare.
      const frozen = Math.max(1, parameters.frozen)
      const after = await answer(finetune, inputs, { ...parameters, frozen })
      return kept.slice(0, 2 * frozen).map((name) => ({
        label: name,
        expected: array(name),
        actual: after[name],
      }))
    },
  }),
  law('first-step', {
    of: finetune,
    title: 'in the first step the layers that are not frozen move as in full training',
    kills: [finetuneFreezesMore],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const once = { ...parameters, steps: 1 }
      const part = await measure(finetune, inputs, once)
      const full = await measure(finetune, inputs, { ...once, frozen: 0 })
      return trained.slice(2 * parameters.frozen).map((name) => ({
        label: name,
        expected: full[name],
        actual: part[name],
      }))
    },
  }),
)
