import { clause } from '../language/clause.ts'
import { array, bits, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { han } from './publications.ts'

/** Whether some weight that is not yet removed goes now, with momentum left in it. */
const goesWithMomentum = ({ inputs: { mask, weights, threshold, velocity } }: CaseView) =>
  mask!.data.some(
    (bit: number, i: number) =>
      bit === 1 && Math.abs(weights!.data[i]!) < threshold!.data[0]! && velocity!.data[i] !== 0,
  )

/** Prunes what is below a threshold now, and then trains what is left by one step. */
export const pruneAndRetrain = operation({
  id: 'pruning.pruneAndRetrain',
  title: 'Pruning by a threshold, and a step of training of what is left',
  level: 'core',
  dimensions: { P: free(1, 5, 'weights') },
  inputs: {
    weights: array('the weights', 'P'),
    mask: bits('1 for each weight that earlier rounds left', 'P'),
    gradient: array('the gradient of the loss by all weights', 'P'),
    velocity: array('what momentum remembers of earlier steps', 'P'),
    threshold: nonnegative('the threshold of this round; 0 in a step that prunes nothing'),
  },
  parameters: {
    rate: real({ min: 0, from: 0, to: 1, values: [0.125, 0.5] }),
    momentum: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 0.9] }),
    decay: real({ min: 0, from: 0, to: 1, values: [0, 0.5] }),
  },
  usual: [
    { parameters: { rate: 0.01, momentum: 0.9, decay: 5e-4 } },
    { parameters: { rate: 0.1, momentum: 0.9, decay: 1e-4 } },
    { parameters: { rate: 0.001, momentum: 0, decay: 0 } },
  ],
  outputs: {
    weights: array('the weights after the step', 'P'),
    mask: bits('1 for each weight that is left', 'P'),
    velocity: array('what momentum remembers then', 'P'),
  },
  classes: {
    'a weight that goes while momentum moves it': goesWithMomentum,
    'a weight removed before, with momentum and a value that are not 0': ({
      inputs: { mask, weights, velocity },
    }: CaseView) =>
      mask!.data.some(
        (bit: number, i: number) => bit === 0 && weights!.data[i] !== 0 && velocity!.data[i] !== 0,
      ),
    'a step that prunes nothing': ({ inputs: { threshold } }: CaseView) => threshold!.data[0] === 0,
    'a magnitude equal to the threshold': ({ inputs: { weights, threshold } }: CaseView) =>
      threshold!.data[0]! > 0 &&
      weights!.data.some((w: number) => Math.abs(w) === threshold!.data[0]),
    momentum: ({ parameters: p }: CaseView) => p.momentum > 0,
    'no momentum': ({ parameters: p }: CaseView) => p.momentum === 0,
    decay: ({ parameters: p }: CaseView) => p.decay > 0,
  },
})

export const iterativeRetrain = clause({
  id: 'pruning.iterative-retrain',
  title: 'What is pruned stays 0 while the rest is trained, round after round',
  kind: 'algorithm',
  operations: [pruneAndRetrain],
  statement:
    'A round removes the weights below its threshold, of those that earlier rounds left, and trains on. Masks are nested: what is gone does not come back, whatever its gradient is. A removed weight is exactly 0 after every step, and so is its velocity, also where momentum was moving the weight when it was removed: else the next steps would move it again. Weights that are left take the step that they would take in a network that never had the others: momentum, decay and rate as usual.',
  formula: String.raw`m_i' = m_i\,[\,|w_i| \ge \tau\,],\qquad v_i' = m_i' (\mu v_i + g_i + \lambda w_i),\qquad w_i' = m_i' (w_i - \eta v_i')`,
  domain: 'Any weights, gradients and velocities; thresholds that are not negative.',
  conventions: [
    {
      choice: 'Removed weights lose their velocity.',
      others:
        'Code that masks the gradient alone lets momentum and decay go on; PyTorch masks the weight in the forward pass, so that the parameter behind it moves on without being seen.',
    },
    {
      choice: 'Weights that are left keep their values and their velocity from round to round.',
      others:
        'Han et al. retrain from there as well; others wind both back to an early step of the training (Frankle, Carbin, 2019).',
    },
  ],
  evaluations: [{ way: 'the decay as a factor of the weight, $(1 - \\eta\\lambda)w$' }],
  source: {
    notes: [
      [173, 173],
      [175, 175],
      [198, 198],
    ],
    publications: [{ ...han, where: 'sections 3 and 3.4' }],
  },
  errata: [],
})
