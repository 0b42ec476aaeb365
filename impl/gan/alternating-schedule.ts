import * as tf from '@tensorflow/tfjs-core'
import type {
  schedule as scheduleSpec,
  alternate as spec,
} from '../../spec/gan/alternating-schedule.ts'
import type { Fast } from '../operation.ts'
import {
  climbed,
  type Discriminator,
  discriminatorStep,
  type Generator,
  generated,
  objectiveGradient,
  statesOfDiscriminator,
  statesOfGenerator,
} from './network.ts'

/**
 * Training of a generator and a discriminator in turns.
 *
 * Clauses    gan.alternating-schedule
 * Fast by    one product a layer and step, with nothing read back between steps
 */
export const alternate: Fast<typeof spec> = ({ samples, noise, ...networks }, { rate, loss }) => {
  const states: (Discriminator & Generator)[] = []
  let now: Discriminator & Generator = networks
  const draws = tf.unstack(noise).map((each) => tf.unstack(each))
  for (const [t, batches] of tf.unstack(samples).entries()) {
    for (const [k, real] of tf.unstack(batches).entries()) {
      const { x } = generated(now, draws[t]![k]!)
      now = { ...now, ...discriminatorStep(now, real, x, rate) }
    }
    const g = objectiveGradient(now, now, draws[t]!.at(-1)!, loss, tf.scalar(1))
    now = { ...now, ...climbed<keyof Generator>(now, g, rate) }
    states.push(now)
  }
  return {
    ...statesOfDiscriminator(states),
    ...statesOfGenerator(states),
  }
}

/**
 * Turns of discriminator and generator.
 *
 * Clauses    gan.alternating-schedule
 * Fast by    one iteration, repeated
 */
export const schedule: Fast<typeof scheduleSpec> = (_, { iterations, ascents, batch }) => ({
  players: tf.tile(tf.concat([tf.zeros([ascents]), tf.ones([1])]), [iterations]),
  updates: tf.tensor1d([ascents * iterations, iterations]),
  samples: tf.scalar(ascents * iterations * batch),
  noise: tf.scalar((ascents + 1) * iterations * batch),
})
