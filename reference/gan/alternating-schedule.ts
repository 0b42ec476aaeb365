import type {
  schedule as scheduleSpec,
  alternate as spec,
} from '../../spec/gan/alternating-schedule.ts'
import { build, memberOf } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
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
 * Formula    for t = 1, …, T: for each of the k batches of the iteration, D ← D + η ∇_D V; then G ← G + η ∇_G J
 * Clauses    gan.alternating-schedule
 * Shapes     samples: [T, k, M, X], noise: [T, k + 1, M, Z], parameters of both → the same with T first
 * Edges      a rate of 0 leaves both as they are
 * Source     Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), algorithm 1
 * Example    U = a = V = c = 0, W = b = v = 1, d = −1, x = 0, η = 1, k = 1: on x = G(z) the discriminator stays, so
 *            that c = ½
 */
export const alternate: Reference<typeof spec> = (
  arithmetic,
  { samples, noise, ...networks },
  { rate, loss },
) => {
  type T = ReturnType<typeof samples.at>
  type Both = Discriminator<T> & Generator<T>
  const [iterations, ascents] = samples.shape as [number, number]
  const states: Both[] = []
  let now: Both = networks
  for (let t = 0; t < iterations; t++) {
    const [real, draws] = [memberOf(samples, t), memberOf(noise, t)]
    for (let k = 0; k < ascents; k++) {
      const fake = generated(arithmetic, now, memberOf(draws, k)).x
      now = { ...now, ...discriminatorStep(arithmetic, now, memberOf(real, k), fake, rate) }
    }
    const fresh = memberOf(draws, ascents)
    const g = objectiveGradient(arithmetic, now, now, fresh, loss, arithmetic.exact(1))
    now = { ...now, ...climbed<T, keyof Generator<T>>(arithmetic, now, g, rate) }
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
 * Formula    D^k G, T times; kT and T steps, kTm real samples, (k + 1)Tm noise vectors
 * Clauses    gan.alternating-schedule
 * Shapes     → players: [(k + 1)T], updates: [2], samples: [], noise: []
 * Edges      no iterations: no steps
 * Source     Goodfellow et al. (2014), algorithm 1
 * Example    T = 2, k = 2, m = 3 → D D G D D G, 4 and 2 steps, 12 samples, 18 noise vectors
 */
export const schedule: Reference<typeof scheduleSpec> = (
  { exact },
  _,
  { iterations, ascents, batch },
) => ({
  players: build([iterations * (ascents + 1)], (step) =>
    exact(step % (ascents + 1) === ascents ? 1 : 0),
  ),
  updates: build([2], (player) => exact(player === 0 ? ascents * iterations : iterations)),
  samples: build([], () => exact(ascents * iterations * batch)),
  noise: build([], () => exact((ascents + 1) * iterations * batch)),
})
