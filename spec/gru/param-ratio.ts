import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { evaluation, keras } from './publications.ts'

/** How many numbers recurrent layers of the same size have to learn, and how many products a step takes. */
export const layerCounts = operation({
  id: 'gru.layerCounts',
  title: 'Parameters and products of recurrent layers of one size',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: { inputs: integer({ min: 1, upTo: 64 }), units: integer({ min: 1, upTo: 64 }) },
  usual: [
    { parameters: { inputs: 256, units: 256 } },
    { parameters: { inputs: 128, units: 512 } },
    { parameters: { inputs: 300, units: 1024 } },
    { parameters: { inputs: 1, units: 1 } },
  ],
  outputs: {
    recurrent: array('the parameters of a recurrent layer without gates'),
    gated: array('those of gated recurrent units with one bias a gate'),
    secondBias: array('those of gated recurrent units with a second bias of the candidate'),
    twoBiases: array('those of gated recurrent units with two biases a gate'),
    memory: array('those of a long short-term memory with one bias a gate'),
    gatedProducts: array('the products of a step of gated recurrent units with its weights'),
    memoryProducts: array('those of a step of a long short-term memory'),
  },
  classes: {
    'more units than inputs': ({ parameters: p }: CaseView) => p.units > p.inputs,
    'fewer units than inputs': ({ parameters: p }: CaseView) => p.units < p.inputs,
    'one unit': ({ parameters: p }: CaseView) => p.units === 1,
    'one input': ({ parameters: p }: CaseView) => p.inputs === 1,
  },
})

export const paramRatio = clause({
  id: 'gru.param-ratio',
  title: 'Gated recurrent units have three quarters of the parameters of a long short-term memory',
  kind: 'count',
  operations: [layerCounts],
  statement:
    'A recurrent layer without gates, and without weights to an output, has $H(I + H) + H$ parameters. Gated recurrent units have three times as many, a long short-term memory four times, with one bias a gate and without peepholes. A second bias of the candidate adds $H$, two biases of each gate $3H$. A step multiplies three and four times $H(I + H)$ numbers by weights: three quarters, too, which is what a layer can gain in speed by it.',
  formula: String.raw`P = H(I + H) + H:\qquad P_{\mathrm{GRU}} = 3P,\quad P_{\mathrm{LSTM}} = 4P,\qquad P_{\mathrm{GRU}} : P_{\mathrm{LSTM}} = 3 : 4`,
  domain: 'Whole numbers from 1 on.',
  conventions: [
    {
      choice: 'Every weight and every bias counts once.',
      others:
        'PyTorch has two biases for each gate of both layers, 3 H and 4 H more; Keras has them for gated recurrent units with `reset_after` only, so that the ratio is no longer 3 : 4.',
    },
  ],
  source: {
    notes: [[466, 466]],
    publications: [
      { ...evaluation, where: 'section 3' },
      { ...keras, where: 'GRU layer, reset_after' },
    ],
  },
  errata: [],
})
