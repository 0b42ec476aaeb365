import { conv2dProperties } from './conv2d.ts'

/** Every property of the clauses on convolutional networks. */
export const cnnProperties = [...conv2dProperties]
