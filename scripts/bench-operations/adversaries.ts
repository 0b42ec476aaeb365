import * as tf from '@tensorflow/tfjs-core'
import type { Sizes } from '../../spec/language/operation.ts'
import { of, product, type Subject, type Tensors } from './subject.ts'

/** Both networks of an adversary, for images of 28 × 28. */
const adversaries = { M: 256, Z: 128, Hg: 512, X: 784, Hd: 512 }
const onceThrough = (s: Sizes) => product(s, 'M', 'Hg') * (s.Z! + s.X!) + product(s, 'M', 'Hd', 'X')
const bareGenerated = (z: tf.Tensor, U: tf.Tensor, a: tf.Tensor, V: tf.Tensor, c: tf.Tensor) =>
  tf.add(tf.dot(tf.tanh(tf.add(tf.dot(z, U), a)), V), c)
const bareLogits = (x: tf.Tensor, W: tf.Tensor, b: tf.Tensor, v: tf.Tensor, d: tf.Tensor) =>
  tf.add(tf.dot(tf.leakyRelu(tf.add(tf.dot(x, W), b), 0.2), v), d)
/** The mean of the logarithms of the probabilities of a kind of samples. */
const ofKind = (kind: 0 | 1, logits: tf.Tensor) =>
  tf.neg(tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, kind), logits))
const parametersOf = (tensors: Tensors, player: 'generator' | 'discriminator') =>
  ['Hidden', 'HiddenBias', 'Output', 'OutputBias'].map((part) => tensors[player + part]!) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ]
/** Parameters after a step up a mean. */
const bareStep = (parameters: tf.Tensor[], climbed: (...of: tf.Tensor[]) => tf.Tensor) =>
  tf
    .grads(climbed)(parameters)
    .map((g, at) => tf.add(parameters[at]!, tf.mul(0.1, g)))

const torchParameters = (player: string) =>
  ['Hidden', 'HiddenBias', 'Output', 'OutputBias'].map((part) => player + part).join(', ')
const torchGenerated = (z: string, parameters: string) =>
  `(lambda U, a, V, c: torch.tanh(${z} @ U + a) @ V + c)(${parameters})`
const torchLogits = (x: string, parameters: string) =>
  `(lambda x, W, b, v, d: F.leaky_relu(x @ W + b, 0.2) @ v + d)(${x}, ${parameters})`
const torchStep = (parameters: string, climbed: string) =>
  `[p + 0.1 * g for p, g in zip([${parameters}], gradients(lambda P, Q, R, S: ${climbed}, [${parameters}], torch.ones((), device=noise.device)))]`
const [ofGenerator, ofDiscriminator] = ['generator', 'discriminator'].map(torchParameters) as [
  string,
  string,
]
const scored = (x: string) => torchLogits(x, 'P, Q, R, S')

/** Steps of both players. */
export const adversarialSubjects: readonly Subject[] = [
  of(
    'gan.generatorStep',
    adversaries,
    { rate: 0.1, loss: 'non-saturating' },
    (s) => 3 * onceThrough(s),
    {
      bare: (tensors) =>
        bareStep(parametersOf(tensors, 'generator'), (U, a, V, c) => {
          const x = bareGenerated(tensors.noise!, U!, a!, V!, c!)
          return ofKind(1, bareLogits(x, ...parametersOf(tensors, 'discriminator')))
        }),
      torch: torchStep(
        ofGenerator,
        `F.logsigmoid(${torchLogits(torchGenerated('noise', 'P, Q, R, S'), ofDiscriminator)}).mean()`,
      ),
    },
  ),
  of('gan.discriminatorSteps', { T: 1, ...adversaries }, { rate: 0.1 }, (s) => 4 * onceThrough(s), {
    bare: (tensors) => {
      const [noise, samples] = [tensors.noise!, tensors.samples!].map((batch) =>
        tf.squeeze(batch, [0]),
      )
      const x = bareGenerated(noise!, ...parametersOf(tensors, 'generator'))
      return bareStep(parametersOf(tensors, 'discriminator'), (W, b, v, d) => {
        const logits = (of: tf.Tensor) => bareLogits(of, W!, b!, v!, d!)
        const onReal = ofKind(1, logits(samples!))
        return tf.add(onReal, ofKind(0, logits(x)))
      })
    },
    torch: torchStep(
      ofDiscriminator,
      `F.logsigmoid(${scored('samples[0]')}).mean() + F.logsigmoid(-${scored(torchGenerated('noise[0]', ofGenerator))}).mean()`,
    ),
  }),
].filter((subject) => subject !== undefined)
