import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { freeze, freezeStep } from '../../../spec/transfer/freeze.ts'
import { finetune } from '../../../spec/transfer/training.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import {
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
  law('unmoved', {
    of: freezeStep,
    values: 'reals',
    title: 'after three steps, with decay and momentum, frozen parameters are the same to the bit',
    kills: [masksGradientOnly, decaysFrozen, momentumGoesOn, invertsMask],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { frozen, gradient } = inputs
      const start = { parameters: inputs.parameters, velocity: inputs.velocity }
      let at = {
        parameters: fromData(start.parameters.shape, Array.from(start.parameters.data)),
        velocity: fromData(start.velocity.shape, Array.from(start.velocity.data)),
      }
      for (let t = 0; t < 3; t++) {
        const after = await answer(freezeStep, { ...at, gradient, frozen }, parameters)
        const plain = ({ shape, data }: typeof after.velocity) =>
          fromData(shape, data.map(arithmetic.toNumber))
        at = { parameters: plain(after.parameters), velocity: plain(after.velocity) }
      }
      const only = (values: ArrayLike<number>) =>
        exact(build(frozen.shape, (i) => (frozen.data[i] === 1 ? values[i]! : 0)))
      return (['parameters', 'velocity'] as const).map((name) => ({
        label: `frozen ${name}`,
        expected: only(start[name].data),
        actual: only(at[name].data),
      }))
    },
  }),
  law('not-finite', {
    of: { ...freezeStep, parameters: { value: choice('NaN', 'Infinity', '-Infinity') } },
    asks: [freezeStep],
    title: 'a gradient that is not finite leaves a frozen parameter as it is',
    kills: [multipliesMask],
    share: 0.5,
    async holds(bench) {
      const { parameters, velocity, gradient } = bench.inputs
      const bad = tensor(
        gradient.shape,
        Array.from(gradient.data, () => Number(bench.parameters.value)),
      )
      const frozen = tensor(
        gradient.shape,
        Array.from(gradient.data, () => 1),
      )
      const after = await bench.answer(
        freezeStep,
        { parameters, velocity, gradient: bad, frozen },
        { rate: 0.5, momentum: 0.5, decay: 0.5 },
      )
      return [
        { label: 'parameters', expected: bench.array('parameters'), actual: after.parameters },
        { label: 'velocity', expected: bench.array('velocity'), actual: after.velocity },
      ]
    },
  }),
  law('others-as-usual', {
    of: freezeStep,
    title: 'all others take the step that they take when nothing is frozen',
    kills: [freezesNeighbours],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { frozen } = inputs
      const none = fromData(
        frozen.shape,
        Array.from(frozen.data, () => 0),
      )
      const free = await measure(freezeStep, { ...inputs, frozen: none }, parameters)
      const part = await measure(freezeStep, inputs, parameters)
      const zero = arithmetic.exact(0)
      const others = ({ shape, data }: typeof free.velocity) =>
        fromData(
          shape,
          data.map((value, i) => (frozen.data[i] === 1 ? zero : value)),
        )
      return (['parameters', 'velocity'] as const).map((name) => ({
        label: name,
        expected: others(free[name]),
        actual: others(part[name]),
      }))
    },
  }),
  law('layers-unmoved', {
    of: finetune,
    values: 'reals',
    title: 'frozen layers of a network are the same to the bit after training',
    kills: [finetuneTrainsAll, finetuneDecaysFrozen],
    share: 0.5,
    async holds({ answer, array, inputs, parameters }) {
      const after = await answer(finetune, inputs, parameters)
      return kept.slice(0, 2 * parameters.frozen).map((name) => ({
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
