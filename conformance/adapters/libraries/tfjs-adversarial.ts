import * as tf from '@tensorflow/tfjs-core'
import type { Calls } from './tfjs-calls.ts'

type Weights = Readonly<Record<string, tf.Tensor>>

const names = {
  generator: ['generatorHidden', 'generatorHiddenBias', 'generatorOutput', 'generatorOutputBias'],
  discriminator: [
    'discriminatorHidden',
    'discriminatorHiddenBias',
    'discriminatorOutput',
    'discriminatorOutputBias',
  ],
} as const
type Player = keyof typeof names

const generate = (w: Weights, noise: tf.Tensor) => {
  const hidden = tf.tanh(tf.add(tf.dot(noise, w.generatorHidden!), w.generatorHiddenBias!))
  return tf.add(tf.dot(hidden, w.generatorOutput!), w.generatorOutputBias!)
}

const logitsOf = (w: Weights, x: tf.Tensor) => {
  const before = tf.add(tf.dot(x, w.discriminatorHidden!), w.discriminatorHiddenBias!)
  const hidden = tf.leakyRelu(before, 0.2)
  return tf.add(tf.dot(hidden, w.discriminatorOutput!), w.discriminatorOutputBias!)
}

const crossEntropy = (label: 0 | 1, logits: tf.Tensor): tf.Scalar =>
  tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, label), logits)

/** What a generator goes down on. */
const cost = (w: Weights, noise: tf.Tensor, loss: string): tf.Scalar => {
  const logits = logitsOf(w, generate(w, noise))
  return loss === 'saturating' ? tf.neg(crossEntropy(0, logits)) : crossEntropy(1, logits)
}

/** The derivatives of a number by the weights of one network. */
const slopes = (w: Weights, player: Player, of: (weights: Weights) => tf.Scalar) => {
  const own = names[player]
  const together = (arrays: readonly tf.Tensor[]) => ({
    ...w,
    ...Object.fromEntries(own.map((name, at) => [name, arrays[at]!])),
  })
  return tf.grads((...arrays: tf.Tensor[]) => of(together(arrays)))(own.map((name) => w[name]!))
}

/** Weights after a step of plain descent. */
const descended = (
  w: Weights,
  player: Player,
  rate: number,
  of: (weights: Weights) => tf.Scalar,
): Weights => {
  const by = slopes(w, player, of)
  const moved = names[player].map((name, at) => [name, tf.sub(w[name]!, tf.mul(rate, by[at]!))])
  return { ...w, ...Object.fromEntries(moved) }
}

const discriminatorStep = (w: Weights, real: tf.Tensor, noise: tf.Tensor, rate: number) => {
  const fake = generate(w, noise)
  return descended(w, 'discriminator', rate, (now) =>
    tf.add(crossEntropy(1, logitsOf(now, real)), crossEntropy(0, logitsOf(now, fake))),
  )
}

const generatorStep = (w: Weights, noise: tf.Tensor, rate: number, loss: string) =>
  descended(w, 'generator', rate, (now) => cost(now, noise, loss))

const stacked = (states: readonly Weights[], player: Player) =>
  Object.fromEntries(
    names[player].map((name) => [name, tf.stack(states.map((state) => state[name]!))]),
  )
const only = (w: Weights, player: Player) =>
  Object.fromEntries(names[player].map((name) => [name, tf.clone(w[name]!)]))

/** Generators, discriminators and their training, as users of TensorFlow.js write them. */
export const adversarialCalls: Calls = {
  'gan.generate': ({ noise, ...weights }) => ({ x: generate(weights, noise) }),
  'gan.generatorObjective': ({ noise, ...weights }, { loss }) => ({
    objective: tf.neg(cost(weights, noise, loss)),
  }),
  'gan.generatorObjectiveGradient': ({ noise, dObjective, ...weights }, { loss }) => {
    const [dGeneratorHidden, dGeneratorHiddenBias, dGeneratorOutput, dGeneratorOutputBias] = slopes(
      weights,
      'generator',
      (now) => tf.mul(dObjective, tf.neg(cost(now, noise, loss))),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
    return { dGeneratorHidden, dGeneratorHiddenBias, dGeneratorOutput, dGeneratorOutputBias }
  },
  'gan.generatorStep': ({ noise, ...weights }, { rate, loss }) => {
    const after = generatorStep(weights, noise, rate, loss)
    return { ...only(after, 'generator'), ...only(after, 'discriminator') } as never
  },
  'gan.discriminatorSteps': ({ samples, noise, ...weights }, { rate }) => {
    const states: Weights[] = []
    for (const [t, draws] of tf.unstack(noise).entries()) {
      const real = tf.unstack(samples)[t]!
      states.push(discriminatorStep(states.at(-1) ?? weights, real, draws, rate))
    }
    return { ...stacked(states, 'discriminator'), ...only(weights, 'generator') } as never
  },
  'gan.alternate': ({ samples, noise, ...weights }, { rate, loss }) => {
    const states: Weights[] = []
    const draws = tf.unstack(noise).map((each) => tf.unstack(each))
    for (const [t, batches] of tf.unstack(samples).entries()) {
      let now: Weights = states.at(-1) ?? weights
      for (const [k, real] of tf.unstack(batches).entries()) {
        now = discriminatorStep(now, real, draws[t]![k]!, rate)
      }
      states.push(generatorStep(now, draws[t]!.at(-1)!, rate, loss))
    }
    return { ...stacked(states, 'discriminator'), ...stacked(states, 'generator') } as never
  },
}
