import { forward as reference } from '../../../reference/lstm/forward.ts'
import { forward } from '../../../spec/lstm/forward.ts'
import { faultsOf } from '../../kit/faults.ts'
import { layerOf, type Step, sigmoid, unitWith } from './forward-units.ts'

const wrong = faultsOf(forward, reference)

/** Units that do something else. */
const units = (name: string, step: Step) =>
  wrong.answer(name, ({ inputs, parameters }) => layerOf(inputs, parameters, step))

export const outputGateLetsIn = units(
  'E-41 taken at its word: the output gate decides what is let in',
  unitWith({ cell: ({ f, g, o }, c) => f * c + o * g }),
)

export const letsAllIn = units(
  'adds the whole candidate to the cell',
  unitWith({ cell: ({ f, g }, c) => f * c + g }),
)

export const keepsWhatItForgets = units(
  'keeps 1 − f of the cell in place of f',
  unitWith({ cell: ({ i, f, g }, c) => (1 - f) * c + i * g }),
)

export const keepsAll = units('forgets nothing', unitWith({ cell: ({ i, g }, c) => c + i * g }))

export const couples = units(
  'couples the forget gate to the input gate without being told to',
  unitWith({ cell: ({ i, g }, c) => (1 - i) * c + i * g }),
)

export const doesNotCouple = units(
  'computes the forget gate where it is to be coupled',
  unitWith({ forget: (_, f) => f }),
)

export const couplesAlike = units(
  'takes the input gate itself for the forget gate where both are coupled',
  unitWith({ forget: (i) => i }),
)

export const withoutTanh = units(
  'shows the cell itself, without tanh',
  unitWith({ shown: (c) => c }),
)

export const sigmoidCandidate = units(
  'takes the sigmoid for the candidate, too',
  unitWith({ squash: sigmoid }),
)

const clipped = (a: number) => Math.max(0, Math.min(1, a))

export const hardSigmoid = units(
  'takes hardSigmoid for the gates, 0.2 a + 0.5 between 0 and 1',
  unitWith({ gate: (a) => clipped(0.2 * a + 0.5) }),
)

export const hardSigmoidOfKeras = units(
  'takes the hardSigmoid of Keras 3 for the gates, a / 6 + 0.5 between 0 and 1',
  unitWith({ gate: (a) => clipped(a / 6 + 0.5) }),
)

export const peepsBefore = units(
  'lets the output gate peep at the cell before',
  unitWith({ seen: (before) => before }),
)

export const closesAltogether = units(
  'E-64 taken at its word: closes and opens gates altogether where they nearly are',
  unitWith({ gate: (a) => (Math.abs(a) > 5 ? (a > 0 ? 1 : 0) : sigmoid(a)) }),
)

export const doublesCandidate = units(
  'lets twice the candidate in',
  unitWith({ squash: (a) => 2 * Math.tanh(a) }),
)

export const gatesTheCell = units(
  'lets the output gate change the cell as well',
  unitWith({ cell: ({ i, f, g, o }, c) => o * (f * c + i * g) }),
)
