import { conv2d } from '../cnn/conv2d.ts'
import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { boolean, integer } from '../language/parameter.ts'
import { projectionBlock } from './projection.ts'
import { residualLearning } from './publications.ts'

const dimensions = {
  Stages: derived((_, { stages }: Parameters) => stages, 'stages'),
  Axes: derived(() => 3, 'rows, columns, channels'),
} as const

const parameters = {
  rows: integer({ min: 1, upTo: 12 }),
  columns: integer({ min: 1, upTo: 12 }),
  channels: integer({ min: 1, upTo: 8 }),
  stages: integer({ min: 1, upTo: 4 }),
} as const

const odd = (size: number) => size > 1 && size % 2 === 1

const classes = {
  'one stage': ({ parameters }: CaseView) => parameters.stages === 1,
  'several stages': ({ parameters }: CaseView) => parameters.stages > 1,
  'odd rows or columns halved': ({ parameters }: CaseView) =>
    parameters.stages > 1 && (odd(parameters.rows) || odd(parameters.columns)),
  'image not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
  'nothing left to halve': ({ parameters }: CaseView) =>
    parameters.stages > 1 && (parameters.rows === 1 || parameters.columns === 1),
} as const

/** Channels double from stage to stage, and soon outgrow every format. */
const doubling = ({ Stages }: Sizes) => 2 ** (Stages! / 2)

/** The shape of the arrays of each stage, each stage entered by a convolution of stride 2. */
export const stageShapes = operation({
  id: 'resnet.stageShapes',
  title: 'Shapes of the stages of a residual network',
  level: 'core',
  dimensions,
  inputs: {},
  parameters,
  usual: [
    { parameters: { rows: 56, columns: 56, channels: 64, stages: 4 } },
    { parameters: { rows: 7, columns: 7, channels: 64, stages: 4 } },
  ],
  work: doubling,
  outputs: { shapes: array('rows, columns and channels of each stage', 'Stages', 'Axes') },
  classes,
})

/** What one 3 × 3 convolution within each stage costs. */
export const stageCosts = operation({
  id: 'resnet.stageCosts',
  title: 'Cost of a convolution in each stage of a residual network',
  level: 'core',
  dimensions,
  inputs: {},
  parameters,
  usual: [
    { parameters: { rows: 56, columns: 56, channels: 64, stages: 4 } },
    { parameters: { rows: 7, columns: 7, channels: 64, stages: 4 } },
  ],
  work: doubling,
  outputs: {
    multiplyAdds: array('the multiply-adds of a convolution that keeps the shape', 'Stages'),
    weights: array('its weights, without biases', 'Stages'),
  },
  classes,
})

/** How many numbers the array of each stage holds. */
export const stageMemory = operation({
  id: 'resnet.stageMemory',
  title: 'Activations of each stage of a residual network',
  level: 'core',
  dimensions,
  inputs: {},
  parameters: { ...parameters, halves: boolean },
  usual: [
    { parameters: { rows: 56, columns: 56, channels: 64, stages: 4 } },
    { parameters: { rows: 7, columns: 7, channels: 64, stages: 4 } },
  ],
  work: doubling,
  outputs: {
    memory: array('rows times columns times channels of each stage', 'Stages'),
    total: array('of all stages together'),
  },
  classes: {
    ...classes,
    'rows and columns kept': ({ parameters }) => !parameters.halves && parameters.stages > 1,
    'rows and columns halved': ({ parameters }) => parameters.halves && parameters.stages > 1,
  },
})

const rules = { ...residualLearning, where: 'section 3.3, design rules (i) and (ii)' } as const

export const downsample = clause({
  id: 'resnet.downsample.stride2',
  title: 'A stage halves rows and columns by a stride and doubles the channels',
  kind: 'law',
  operations: [stageShapes, projectionBlock, conv2d],
  statement:
    'Between two stages a 3 × 3 convolution with one ring of zeros moves by two pixels and has twice as many filters: $H \\times W \\times C$ becomes $\\lceil H/2 \\rceil \\times \\lceil W/2 \\rceil \\times 2C$. It gives every second row and column of what the same convolution gives with stride 1.',
  formula: String.raw`(H, W, C) \mapsto \left(\lceil H/2 \rceil, \lceil W/2 \rceil, 2C\right),\qquad \left\lfloor \tfrac{H + 2 - 3}{2} \right\rfloor + 1 = \lceil H/2 \rceil`,
  domain: 'Every number of rows, columns and channels from 1 on.',
  conventions: [
    {
      choice: 'Odd sizes are rounded up.',
      others: 'Without padding they are rounded down, and an even kernel is used.',
    },
  ],
  source: { notes: [[121, 121]], publications: [rules] },
  errata: [],
})

export const costConstant = clause({
  id: 'resnet.stage.cost-constant',
  title: 'The multiply-adds of a layer are the same in every stage',
  kind: 'law',
  operations: [stageCosts],
  statement:
    'A 3 × 3 convolution that keeps $C$ channels takes $9HWC^2$ multiply-adds. Half the rows, half the columns and twice the channels leave this number as it is, while the weights, $9C^2$, become four times as many.',
  formula: String.raw`9 \cdot \tfrac H2 \cdot \tfrac W2 \cdot (2C)^2 = 9HWC^2,\qquad 9(2C)^2 = 4 \cdot 9C^2`,
  domain: 'The equality where rows and columns can be halved without rest; the counts everywhere.',
  conventions: [
    {
      choice: 'One multiplication with its addition counts once, products with padding included.',
      others: 'Some count two operations, or call a multiply-add a FLOP.',
    },
  ],
  source: { notes: [[121, 121]], publications: [rules] },
  errata: [],
})

export const memoryHalves = clause({
  id: 'resnet.stage.memory-halves',
  title: 'The activations of a stage are half those of the one before',
  kind: 'law',
  operations: [stageMemory],
  statement:
    'An array of a stage holds $HWC$ numbers; a quarter of the pixels with twice the channels are half as many. So all stages together hold less than twice the first. If rows and columns were kept while the channels double, every stage would hold twice what the one before holds, $2^s$ times the first.',
  formula: String.raw`M_s = \tfrac{H}{2^s} \cdot \tfrac{W}{2^s} \cdot 2^s C = 2^{-s} M_0,\qquad \sum_{s<S} M_s = 2M_0 - M_{S-1};\qquad M'_s = 2^s M_0 \text{ without halving}`,
  domain: 'The ratio where rows and columns can be halved without rest; the counts everywhere.',
  conventions: [],
  source: { notes: [[123, 123]], publications: [rules] },
  errata: [
    {
      id: 'E-16',
      lines: [123, 123],
      says: 'Doubling the filters while halving the spatial size keeps the memory of the activations the same.',
      counterexample:
        'An image of 2 × 2 pixels and one channel holds 4 numbers; one pixel with two channels holds 2, not 4.',
      correction:
        'Both sides of the image are halved, so memory halves with every stage. What stays the same is the number of multiply-adds of a layer.',
      settledBy: rules,
    },
  ],
})
