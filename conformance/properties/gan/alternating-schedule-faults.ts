import { memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  alternate as reference,
  schedule as scheduleReference,
} from '../../../reference/gan/alternating-schedule.ts'
import {
  climbed,
  type Discriminator,
  discriminatorStep,
  type Generator,
  generated,
  objectiveGradient,
  statesOfDiscriminator,
  statesOfGenerator,
} from '../../../reference/gan/network.ts'
import { alternate, schedule } from '../../../spec/gan/alternating-schedule.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Networks = Discriminator<number> & Generator<number>

const wrong = faultsOf(alternate, reference)
const wrongSchedule = faultsOf(schedule, scheduleReference)

interface Iteration {
  readonly real: readonly Numbers[]
  /** The last batch is for the generator. */
  readonly noise: readonly Numbers[]
  readonly first: Networks
  readonly ascend: (now: Networks, real: Numbers, noise: Numbers) => Networks
  readonly climb: (now: Networks, noise: Numbers, before?: Networks) => Networks
}

const membersOf = (stack: Numbers) =>
  Array.from({ length: stack.shape[0]! }, (_, at) => memberOf(stack, at))

/** Training with iterations of its own. */
const iterating = (name: string, iterate: (now: Networks, iteration: Iteration) => Networks) =>
  wrong.answer(name, ({ inputs: { samples, noise, ...first }, parameters: { rate, loss } }) => {
    const ascend: Iteration['ascend'] = (now, real, z) => {
      const fake = generated(number, now, z).x
      return { ...now, ...discriminatorStep(number, now, real, fake, rate) }
    }
    const climb: Iteration['climb'] = (now, z, before = now) => {
      const g = objectiveGradient(number, now, before, z, loss, 1)
      return { ...now, ...climbed<number, keyof Generator<number>>(number, now, g, rate) }
    }
    const states: Networks[] = []
    for (const [t, real] of membersOf(samples).entries()) {
      const batches = { real: membersOf(real), noise: membersOf(memberOf(noise, t)) }
      states.push(iterate(states.at(-1) ?? first, { ...batches, first, ascend, climb }))
    }
    return {
      ...statesOfDiscriminator(states),
      ...statesOfGenerator(states),
    }
  })

const allAscents = (now: Networks, { real, noise, ascend }: Iteration) =>
  real.reduce((state, batch, k) => ascend(state, batch, noise[k]!), now)

export const generatorFirst = iterating('lets the generator step first', (now, iteration) =>
  allAscents(iteration.climb(now, iteration.noise.at(-1)!), iteration),
)

export const together = iterating(
  'lets the generator step before the discriminator that the iteration began with',
  (now, iteration) => iteration.climb(allAscents(now, iteration), iteration.noise.at(-1)!, now),
)

export const oneAscent = iterating(
  'takes one step of the discriminator, however many there are to be',
  (now, { real, noise, ascend, climb }) => climb(ascend(now, real[0]!, noise[0]!), noise.at(-1)!),
)

export const everyTime = iterating(
  'lets the generator step after every step of the discriminator',
  (now, { real, noise, ascend, climb }) =>
    real.reduce((state, batch, k) => climb(ascend(state, batch, noise[k]!), noise[k + 1]!), now),
)

export const beginsAnew = iterating(
  'begins every iteration with the discriminator of the first',
  (now, iteration) => {
    const { discriminatorHidden, discriminatorHiddenBias } = iteration.first
    const { discriminatorOutput, discriminatorOutputBias } = iteration.first
    const anew = {
      ...now,
      discriminatorHidden,
      discriminatorHiddenBias,
      discriminatorOutput,
      discriminatorOutputBias,
    }
    return iteration.climb(allAscents(anew, iteration), iteration.noise.at(-1)!)
  },
)

export const noiseAgain = wrong.inputs(
  'uses the noise of the last step of the discriminator again',
  ({ noise }, { sizes: { Ascents } }) => ({
    noise: permuted(noise, (t, k, m, j) => [t, Math.min(k, Ascents! - 1), m, j]),
  }),
)

export const firstBatches = wrong.inputs(
  'draws batches for the first iteration only',
  ({ samples, noise }) => ({
    samples: permuted(samples, (_, k, m, j) => [0, k, m, j]),
    noise: permuted(noise, (_, k, m, j) => [0, k, m, j]),
  }),
)

export const otherLoss = wrong.parameters('has the non-saturating loss always', () => ({
  loss: 'non-saturating',
}))

export const generatorLeads = wrongSchedule.outputs(
  'begins iterations with the generator',
  ({ players }, { parameters: { ascents } }) => ({
    players: changed(players, (_, step) => (step % (ascents + 1) === 0 ? 1 : 0)),
  }),
)

export const sharesNoise = wrongSchedule.outputs(
  'counts no noise for the generator',
  ({ noise, samples }) => ({ noise: changed(noise, () => samples.at()) }),
)

export const countsBatches = wrongSchedule.outputs(
  'counts batches instead of samples',
  ({ samples, noise }, { parameters: { batch } }) => ({
    samples: changed(samples, (n) => n / batch),
    noise: changed(noise, (n) => n / batch),
  }),
)

export const countsIterations = wrongSchedule.outputs(
  'counts a step of each in an iteration',
  ({ updates }, { parameters: { iterations } }) => ({
    updates: changed(updates, () => iterations),
  }),
)
