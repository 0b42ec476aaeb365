import { extent } from '../cnn/window.ts'
import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { alternatives, choice, integer, pair, record } from '../language/parameter.ts'
import { tconv2d } from './tconv.ts'

const outputPadding = integer({ min: 0, upTo: 3 })
const amount = integer({ min: 0, upTo: 4 })
const word = choice('valid', 'same')

/** How libraries are told the size of a result and where it begins, along one axis. */
const call = alternatives(
  record({ pytorch: record({ padding: amount, outputPadding }) }),
  record({
    onnx: alternatives(
      record({ pads: pair(amount), outputPadding }),
      record({ autoPad: choice('VALID', 'SAME_UPPER', 'SAME_LOWER'), outputPadding }),
      record({
        outputShape: integer({ min: 1, upTo: 12 }),
        autoPad: choice('NOTSET', 'SAME_UPPER', 'SAME_LOWER'),
        outputPadding,
      }),
    ),
  }),
  record({
    keras: alternatives(record({ padding: word }), record({ padding: word, outputPadding })),
  }),
)

/** What a call says, whichever library it is of. */
const said = ({ call }: Parameters): Parameters => call.pytorch ?? call.onnx ?? call.keras
const moreOf = (parameters: Parameters): number => said(parameters).outputPadding ?? 0

/** The same call with something else in it. */
const saying = (parameters: Parameters, change: Parameters): Parameters => ({
  ...parameters,
  call: { [Object.keys(parameters.call)[0]!]: { ...said(parameters), ...change } },
})

/** All that the kernel reaches. */
const fullOf = ({ size, kernel, stride, dilation }: Parameters): number =>
  (size - 1) * stride + extent(kernel, dilation)

/** How much less than all that the kernel reaches the result is; below 0 it is more. */
function lessOf(parameters: Parameters): number {
  const { kernel, stride, dilation, call } = parameters
  const { padding, pads, autoPad, outputShape, outputPadding } = said(parameters)
  const reach = extent(kernel, dilation)
  if (call.pytorch) return 2 * padding - outputPadding
  if (pads) return pads[0] + pads[1] - outputPadding
  if (outputShape) return fullOf(parameters) - outputShape
  if (call.onnx) return autoPad === 'VALID' ? -outputPadding : reach - stride
  if (outputPadding === undefined) return Math.min(padding === 'same' ? reach : 0, reach - stride)
  return padding === 'same' ? reach - (reach % 2) - outputPadding : -outputPadding
}

/** Of a size that is asked for, or of auto_pad, ONNX tells how a cut is shared only where there is one. */
const sharesACut = (parameters: Parameters): boolean => {
  const { pads, autoPad } = said(parameters)
  const shared = parameters.call.onnx && !pads && autoPad !== 'VALID'
  return !shared || lessOf(parameters) + moreOf(parameters) >= 0
}

const leavesSome = (parameters: Parameters): boolean => fullOf(parameters) - lessOf(parameters) >= 1

const sensible = {
  says: 'a call that leaves something of the result, and cuts off no less than nothing',
  argument: 'call',
  holds: (_: Sizes, parameters: Parameters) => leavesSome(parameters) && sharesACut(parameters),
  repair: (parameters: Parameters) => {
    let repaired = parameters
    while (!leavesSome(repaired)) repaired = { ...repaired, size: repaired.size + 1 }
    if (!sharesACut(repaired) && said(repaired).outputShape) {
      repaired = saying(repaired, { outputShape: 1 })
    }
    while (!sharesACut(repaired)) repaired = { ...repaired, kernel: repaired.kernel + 1 }
    return repaired
  },
  violate: (parameters: Parameters) => ({
    ...parameters,
    size: 1,
    call: {
      pytorch: { padding: extent(parameters.kernel, parameters.dilation), outputPadding: 0 },
    },
  }),
}

/** Keras keeps below the stride, the others below the dilation if that is more. */
const limitOf = ({ stride, dilation, call }: Parameters): number =>
  call.keras ? stride : Math.max(stride, dilation)

const little = {
  says: 'less output padding than the stride, or the dilation where the library allows it',
  argument: 'call',
  holds: (_: Sizes, parameters: Parameters) => moreOf(parameters) < limitOf(parameters),
  repair: (parameters: Parameters) =>
    moreOf(parameters) < limitOf(parameters)
      ? parameters
      : saying(parameters, { outputPadding: limitOf(parameters) - 1 }),
  violate: (parameters: Parameters) => ({
    ...parameters,
    call: {
      pytorch: { padding: 0, outputPadding: Math.max(parameters.stride, parameters.dilation) },
    },
  }),
}

/** Whether a call is of a library, and says what it should. */
const called =
  (library: string, says: (call: Parameters) => unknown = () => true) =>
  ({ parameters }: CaseView): boolean =>
    library in parameters.call && Boolean(says(parameters.call[library]))

/** What a call of a library stands for: which rows of all that the kernel reaches the result has. */
export const tconvPlacement = operation({
  id: 'gan.tconvPlacement',
  title: 'Where the call of a library places the result of a transposed convolution',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    size: integer({ min: 1, upTo: 8 }),
    kernel: integer({ min: 1, upTo: 6 }),
    stride: integer({ min: 1, upTo: 4 }),
    dilation: integer({ min: 1, upTo: 3 }),
    call,
  },
  constraints: [little, sensible],
  usual: [
    [4, { pytorch: { padding: 1, outputPadding: 0 } }],
    [3, { keras: { padding: 'same' } }],
    [5, { onnx: { autoPad: 'SAME_UPPER', outputPadding: 0 } }],
  ].map(([kernel, call]) => ({ parameters: { kernel, stride: 2, dilation: 1, call } })),
  outputs: {
    size: array('how many rows or columns the result has'),
    before: array('how many are cut off at the beginning'),
    after: array('how many are cut off at the end; below 0, how many zeros are added there'),
  },
  classes: {
    PyTorch: called('pytorch'),
    'PyTorch with output padding': called('pytorch', ({ outputPadding }) => outputPadding > 0),
    'ONNX with pads': called('onnx', ({ pads }) => pads),
    'ONNX, SAME_UPPER': called('onnx', (it) => it.autoPad === 'SAME_UPPER' && !it.outputShape),
    'ONNX, SAME_LOWER': called('onnx', (it) => it.autoPad === 'SAME_LOWER' && !it.outputShape),
    'ONNX, VALID': called('onnx', ({ autoPad }) => autoPad === 'VALID'),
    'ONNX with a size': called('onnx', ({ outputShape }) => outputShape),
    'ONNX, a cut without halves': ({ parameters }: CaseView) =>
      parameters.call.onnx?.autoPad !== undefined &&
      parameters.call.onnx.autoPad !== 'VALID' &&
      (lessOf(parameters) + moreOf(parameters)) % 2 === 1,
    'Keras, valid': called('keras', ({ padding }) => padding === 'valid'),
    'Keras, same': called('keras', ({ padding }) => padding === 'same'),
    'Keras with output padding': called('keras', ({ outputPadding }) => outputPadding > 0),
    'zeros at the end': ({ parameters }: CaseView) => lessOf(parameters) < 0,
  },
})

export const conventions = clause({
  id: 'gan.tconv.conventions',
  title: 'Libraries tell the same transposed convolution in different words',
  kind: 'count',
  operations: [tconvPlacement, tconv2d],
  statement:
    "All cut a part out of what the kernel reaches, $(H_o - 1)S + E$ rows with $E = D(H' - 1) + 1$. PyTorch cuts the padding off both ends and gives as many back at the end as the output padding says. ONNX does so with two amounts; or it is told the size of the result, or takes $H_o S$ for `auto_pad`, and cuts off what is too much, output padding included: the larger half at the end for SAME_UPPER and at the beginning for anything else. Keras gives $H_o S$ rows for `same` and $H_o S + \\max(E - S, 0)$ for `valid`; with an output padding $o$ these are $(H_o - 1)S + (E \\bmod 2) + o$ and $(H_o - 1)S + E + o$; it cuts nothing off the beginning for `valid`, and the smaller half for `same`. So a kernel of 3 with stride 2 that doubles its input begins one row earlier in Keras than in PyTorch with a padding and an output padding of 1.",
  formula: String.raw`\text{size} = (H_o - 1)S + E - \text{before} - \text{after};\qquad \text{PyTorch: } (p,\ p - o);\qquad \text{ONNX, } T = (H_o - 1)S + E + o - \text{size}: \left(\left\lfloor \tfrac T2 \right\rfloor,\ \left\lceil \tfrac T2 \right\rceil - o\right) \text{ for SAME\_UPPER};\qquad \text{Keras, same: before} = \left\lfloor \tfrac12 \max\left((H_o - 1)S + E - \text{size},\ 0\right) \right\rfloor`,
  domain: 'Calls that leave at least one row.',
  conventions: [
    {
      choice:
        'Amounts on both sides and output padding at the end, as ONNX has them with `pads`; an amount below 0 at the end is output padding.',
      others:
        'PyTorch has one amount for both sides; Keras and TensorFlow words or the size of the result; JAX amounts of zeros around the input.',
    },
    {
      choice: 'A total that has no halves is shared as the operator of ONNX, version 22, has it.',
      others:
        'Earlier texts of the operator had the larger half at the beginning for SAME_UPPER and at the end for anything else.',
    },
  ],
  source: {
    notes: [[603, 603]],
    publications: [
      { title: 'PyTorch documentation, ConvTranspose2d', where: 'shape' },
      { title: 'ONNX operators, ConvTranspose', where: 'version 22, summary and auto_pad' },
      { title: 'Keras documentation, Conv2DTranspose', where: 'padding and output_padding' },
    ],
  },
  errata: [],
})
