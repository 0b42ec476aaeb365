import { memberOf } from '../../../reference/arithmetic/array.ts'
import { alternate, alternatingSchedule, schedule } from '../../../spec/gan/alternating-schedule.ts'
import { discriminatorSteps } from '../../../spec/gan/disc-update.ts'
import { arraysOfBoth, discriminatorArrays } from '../../../spec/gan/network.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, part, plain, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  beginsAnew,
  countsBatches,
  countsIterations,
  everyTime,
  firstBatches,
  generatorFirst,
  generatorLeads,
  noiseAgain,
  oneAscent,
  otherLoss,
  sharesNoise,
  together,
} from './alternating-schedule-faults.ts'

const states = Object.keys(arraysOfBoth) as (keyof typeof arraysOfBoth)[]
const ofDiscriminator = Object.keys(discriminatorArrays) as (keyof typeof discriminatorArrays)[]

/** The discriminator after the first iteration. */
const afterFirst = <T extends Readonly<Record<string, Parameters<typeof memberOf>[0]>>>(
  outputs: T,
) =>
  Object.fromEntries(
    ofDiscriminator.map((name) => [name, memberOf(outputs[name]!, 0)]),
  ) as Partial<T>

export const alternatingScheduleProperties = properties(
  alternatingSchedule,
  ...agreementTwice(
    alternate,
    {
      kills: [
        generatorFirst,
        together,
        oneAscent,
        everyTime,
        beginsAnew,
        noiseAgain,
        firstBatches,
        otherLoss,
      ],
      share: 0.24,
    },
    { share: 0.24 },
  ),
  ...agreementTwice(schedule, {
    name: 'schedule',
    kills: [generatorLeads, sharesNoise, countsBatches, countsIterations],
  }),
  stepwise(alternate, {
    states,
    step: alternate,
    carry: Object.fromEntries(states.map((name) => [name, name])),
    ask: ({ t, before, inputs, parameters }) => {
      const batch = (name: 'samples' | 'noise') =>
        part(plain(inputs[name]!), inputs[name]!.shape.with(0, 1), [t])
      return {
        inputs: { ...inputs, ...before, samples: batch('samples'), noise: batch('noise') },
        parameters,
      }
    },
    gives: (outputs) =>
      Object.fromEntries(states.map((name) => [name, memberOf(outputs[name]!, 0)])),
    kills: [beginsAnew, firstBatches],
    share: 0.1,
  }),
  law('steps-of-the-discriminator', {
    of: alternate,
    asks: [alternate, discriminatorSteps],
    title: 'the first iteration leaves the discriminator where its steps alone do',
    values: 'reals',
    kills: [generatorFirst, oneAscent, everyTime],
    share: 0.15,
    async holds({ inputs, measure, parameters, sizes: { Ascents, M, X, Z } }) {
      const trained = await measure(alternate, inputs, parameters)
      const { samples, noise, ...networks } = inputs
      const asked = {
        ...networks,
        samples: memberOf(part(plain(samples), [1, Ascents!, M!, X!]), 0),
        noise: memberOf(part(plain(noise), [1, Ascents!, M!, Z!]), 0),
      }
      const { rate } = parameters
      const alone = await measure(discriminatorSteps, asked, { rate })
      return ofDiscriminator.map((name) => ({
        label: name,
        expected: memberOf(alone[name], Ascents! - 1),
        actual: memberOf(trained[name], 0),
      }))
    },
  }),
  equivariance('noise-of-the-generator', {
    of: alternate,
    title:
      'other noise for the generator leaves the discriminator of the first iteration, to the bit',
    values: 'reals',
    kills: [generatorFirst],
    share: 0.15,
    toTheBit: true,
    inputs: ({ noise }, { sizes: { Draws, M, Z } }) => ({
      noise: changed(noise, (z, at) => {
        const draw = Math.floor(at / (M! * Z!)) % Draws!
        return draw === Draws! - 1 ? z + 1 : z
      }),
    }),
    compared: afterFirst,
  }),
  law('counted', {
    of: schedule,
    title: 'steps are counted as they come',
    kills: [countsIterations],
    share: 0.5,
    async holds({ arithmetic, measure, parameters }) {
      const { total, exact, subtract } = arithmetic
      const { players, updates } = await measure(schedule, {}, parameters)
      const turns = total(players.data)
      const others = subtract(exact(players.data.length), turns)
      return [
        { label: 'generator', expected: scalar(turns), actual: scalar(updates.at(1)) },
        { label: 'discriminator', expected: scalar(others), actual: scalar(updates.at(0)) },
      ]
    },
  }),
  worked('turns', {
    of: schedule,
    title: 'two iterations with two steps of the discriminator: D D G D D G',
    kills: [generatorLeads, sharesNoise, countsBatches, countsIterations],
    parameters: { iterations: 2, ascents: 2, batch: 3 },
    gives: { players: [0, 0, 1, 0, 0, 1], updates: [4, 2], samples: [12], noise: [18] },
  }),
  worked('one-iteration', {
    of: alternate,
    title: 'a discriminator that sees no difference stays, and the generator goes up its slope',
    kills: [noiseAgain],
    inputs: {
      samples: tensor([1, 1, 1, 1], [0]),
      noise: tensor([1, 2, 1, 1], [0, 1]),
      generatorHidden: tensor([1, 1], [0]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [1]),
      generatorOutputBias: tensor([1], [0]),
      discriminatorHidden: tensor([1, 1], [1]),
      discriminatorHiddenBias: tensor([1], [1]),
      discriminatorOutput: tensor([1], [1]),
      discriminatorOutputBias: tensor([], [-1]),
    },
    parameters: { rate: 1, loss: 'non-saturating' },
    gives: {
      generatorOutputBias: [0.5],
      generatorHidden: [0.5],
      generatorOutput: [1],
      discriminatorOutputBias: [-1],
      discriminatorHidden: [1],
    },
  }),
)
