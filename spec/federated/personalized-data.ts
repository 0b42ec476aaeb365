import { type CaseView, free, type Parameters, type Sizes } from '../language/operation.ts'
import { sizesOfTraining, training } from './client-update.ts'

const { N, I, O } = sizesOfTraining

/** The sizes of linear models of clients that have points. */
export const sizesOfClients = { K: free(1, 3, 'clients'), N, I, O } as const

/** How many places there are, and what is minimized. */
export const lossOfClients = { points: training.points, loss: training.loss } as const

/** Products of one pass over all points. */
export const passOver = ({ K, I, O }: Sizes, { points }: Parameters) =>
  K! * (points + 1) * (I! + 1) * O!

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
