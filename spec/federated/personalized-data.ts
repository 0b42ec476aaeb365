import {
  array,
  type CaseView,
  derived,
  free,
  type Parameters,
  type Range,
  type Sizes,
  whole,
} from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'

/** How many of the places a client has points in. */
const upToPoints = ({ points }: Parameters): Range => [0, points]

/** The sizes of linear models of clients that have points. */
export const sizesOfClients = {
  K: free(1, 3, 'clients'),
  N: derived((_, { points }: Parameters) => points, 'places for points that a client has'),
  I: free(1, 3, 'features of a point'),
  O: free(1, 3, 'outputs of a model'),
} as const

/** The points of all clients, in as many places each. */
export const pointsOfClients = {
  x: array(
    'the points of each client; those from its number of points on are padding',
    'K',
    'N',
    'I',
  ),
  y: array('what should come out for each', 'K', 'N', 'O'),
  counts: whole(upToPoints, 'how many points each client has', 'K'),
} as const

/** How many places there are, and what is minimized. */
export const lossOfClients = {
  points: integer({ min: 1, upTo: 4 }),
  loss: choice('squares', 'logistic'),
} as const

/** Products of one pass over all points. */
export const passOver = ({ K, I, O }: Sizes, { points }: Parameters) =>
  K! * (points + 1) * (I! + 1) * O!

/** Softmax has exponentials, whose errors are looked at one by one. */
export const effortOfLoss = ({ loss }: Parameters) => (loss === 'logistic' ? 16 : 6)

export const classesOfClients = {
  'least squares': ({ parameters: p }: CaseView) => p.loss === 'squares',
  'logistic loss': ({ parameters: p }: CaseView) => p.loss === 'logistic',
  'one client': ({ sizes }: CaseView) => sizes.K === 1,
  'several clients': ({ sizes }: CaseView) => sizes.K! > 1,
  'a client without points': ({ inputs }: CaseView) => inputs.counts!.data.includes(0),
  'clients with more and with fewer points': ({ inputs }: CaseView) =>
    new Set(inputs.counts!.data).size > 1,
  'padding behind points': ({ inputs, sizes }: CaseView) =>
    inputs.counts!.data.some((n: number) => n > 0 && n < sizes.N!),
} as const
