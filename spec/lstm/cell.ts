import { clause } from '../language/clause.ts'
import { conventions, forward, forwardGradient } from './forward.ts'
import { learningToForget, longShortTermMemory, spaceOdyssey } from './publications.ts'

const ofForgetting = { ...learningToForget, where: 'section 3' } as const
const vectors = { ...spaceOdyssey, where: 'section II A' } as const

export const forgetGate = clause({
  id: 'lstm.forget-gate',
  title: 'The forget gate is a sigmoid of the state before beside the input',
  kind: 'formula',
  operations: [forward],
  statement:
    'The forget gate is the sigmoid of a weighted sum of the input, of the state before and of a bias; weights of the input and of the state beside each other make the same of both, one above the other. Without weights it is the sigmoid of its bias, and the cell is as much of the cell before.',
  formula: String.raw`f^{(t)} = \sigma\bigl(W_f h^{(t-1)} + U_f x^{(t)} + b_f\bigr) = \sigma\bigl([W_f\ U_f]\,[h^{(t-1)}; x^{(t)}] + b_f\bigr)`,
  domain: 'Finite numbers.',
  conventions,
  source: { notes: [[438, 438]], publications: [ofForgetting] },
  errata: [],
})

export const forgetLimits = clause({
  id: 'lstm.forget-limits',
  title: 'A closed forget gate forgets all, an open one nothing',
  kind: 'law',
  operations: [forward],
  statement:
    'Where the forget gate is 0, the cell does not depend on the one before it. Where it is 1 and the input gate is 0, the cell stays as it is, through any number of steps. A sigmoid comes to either only in the limit, and in floating point where it is no longer told from it.',
  formula: String.raw`f = 0 \Rightarrow c^{(t)} = i^{(t)} \odot g^{(t)},\qquad f = 1,\ i = 0 \Rightarrow c^{(t)} = c^{(t-1)},\qquad \sigma(-a) \le e^{-a},\ 1 - \sigma(a) \le e^{-a}`,
  domain: 'Biases of ±200 in place of the limits: what is left then is below every format.',
  conventions,
  source: { notes: [[442, 442]], publications: [ofForgetting] },
  errata: [
    {
      id: 'E-64',
      lines: [442, 442],
      says: 'The forget gate takes the values 0 and 1.',
      counterexample:
        'One unit without weights, bias −10 of the forget gate, cell 1 before: the cell is 0.000045398, not 0.',
      correction: 'It lies between both, and comes to either only in the limit.',
      settledBy: ofForgetting,
    },
  ],
})

export const inputGate = clause({
  id: 'lstm.input-gate',
  title: 'The input gate decides what is let in',
  kind: 'formula',
  operations: [forward],
  statement:
    'The input gate is the sigmoid of a weighted sum of its own, of the input, of the state before and of a bias. Where it is closed, nothing is written to the cell, whatever the candidate is.',
  formula: String.raw`i^{(t)} = \sigma\bigl(W_i h^{(t-1)} + U_i x^{(t)} + b_i\bigr)`,
  domain: 'Finite numbers.',
  conventions,
  source: {
    notes: [
      [447, 447],
      [450, 450],
    ],
    publications: [{ ...longShortTermMemory, where: 'section 4' }, vectors],
  },
  errata: [],
})

export const candidate = clause({
  id: 'lstm.candidate',
  title: 'The candidate is a hyperbolic tangent, of either sign',
  kind: 'formula',
  operations: [forward],
  statement:
    'The candidate is tanh of a weighted sum of its own. With constant gates and without a bias of its own, it changes its sign where the input and the state do, and so do the cell and the state.',
  formula: String.raw`g^{(t)} = \tanh\bigl(W_g h^{(t-1)} + U_g x^{(t)} + b_g\bigr)`,
  domain: 'Finite numbers.',
  conventions,
  source: { notes: [[452, 452]], publications: [vectors] },
  errata: [],
})

export const cellUpdate = clause({
  id: 'lstm.cell-update',
  title: 'The cell keeps what it does not forget and adds what is let in',
  kind: 'formula',
  operations: [forward],
  statement:
    'The new cell is the cell before times the forget gate, plus the candidate times the input gate, element by element. Where the two gates make up at most 1, as coupled ones do, it is no larger than the larger of 1 and the cell before.',
  formula: String.raw`c^{(t)} = f^{(t)} \odot c^{(t-1)} + i^{(t)} \odot g^{(t)},\qquad f + i \le 1 \Rightarrow \lvert c^{(t)} \rvert \le \max(\lvert c^{(t-1)} \rvert, 1)`,
  domain: 'Finite numbers.',
  conventions,
  source: { notes: [[454, 454]], publications: [ofForgetting, vectors] },
  errata: [
    {
      id: 'E-41',
      lines: [454, 454],
      says: 'It is the output gate that says how much of the candidate is added.',
      counterexample:
        'Forget and input gate closed, output gate open, candidate 0.5, empty cell: the cell stays 0, and would be 0.5.',
      correction: 'It is the input gate.',
      settledBy: ofForgetting,
    },
  ],
})

export const outputHidden = clause({
  id: 'lstm.output-hidden',
  title: 'The state is what the output gate shows of the cell',
  kind: 'formula',
  operations: [forward],
  statement:
    'The output gate is a sigmoid of a weighted sum of its own, and the state is tanh of the cell times it. Where it is closed the state is 0, and the cell is what it would be otherwise.',
  formula: String.raw`o^{(t)} = \sigma\bigl(W_o h^{(t-1)} + U_o x^{(t)} + b_o\bigr),\qquad h^{(t)} = o^{(t)} \odot \tanh c^{(t)}`,
  domain: 'Finite numbers.',
  conventions,
  source: { notes: [[460, 460]], publications: [vectors] },
  errata: [],
})

export const ranges = clause({
  id: 'lstm.dimensions-and-ranges',
  title:
    'State and cell have as many units; the state is bounded, the cell grows by 1 a step at most',
  kind: 'law',
  operations: [forward],
  statement:
    'State and cell have the same number of units, each with gates of its own: units in another order have states and cells in that order. States lie between −1 and 1; a cell is no larger than the first one and the number of steps together.',
  formula: String.raw`\lvert h^{(t)} \rvert \le 1,\qquad \lvert c^{(t)} \rvert \le \lvert c^{(0)} \rvert + t`,
  domain: 'Finite numbers. The first state may be anything, and stays where all steps are padding.',
  conventions,
  source: {
    notes: [
      [434, 434],
      [442, 442],
      [447, 447],
    ],
    publications: [vectors],
  },
  errata: [],
})

export const gradientFlow = clause({
  id: 'lstm.gradient-flow',
  title: 'Through the cells a gradient goes back by the forget gates alone',
  kind: 'gradient',
  operations: [forwardGradient],
  statement:
    'With gates that do not depend on the state, the gradient by a cell is that by the next one times the forget gate, without any weights: as it is where the forget gate is 1, and less at every step where it is less. In general what goes back through the states comes to it.',
  formula: String.raw`\frac{\partial c^{(T)}}{\partial c^{(0)}}\Big|_{\text{gates}} = \prod_{t=1}^{T} \operatorname{diag} f^{(t)}`,
  domain: 'Gates that are constant, without peepholes.',
  conventions,
  source: {
    notes: [
      [417, 417],
      [419, 419],
      [464, 464],
    ],
    publications: [{ ...learningToForget, where: 'section 3' }],
  },
  errata: [
    {
      id: 'E-42',
      lines: [464, 464],
      says: 'The gradient flows back through time without being interrupted.',
      counterexample:
        'One unit without weights and biases, two steps: each forget gate is ½, so that a quarter of the gradient by the last cell arrives at the first one.',
      correction:
        'It is multiplied by the forget gates, and stays as it is only where these are 1.',
      settledBy: ofForgetting,
    },
  ],
})
