import { conv2d } from './conv2d.ts'

/** The reference of every operation of the chapter on convolutional networks, by the operation's id. */
export const cnnReferences = {
  'cnn.conv2d': conv2d,
} as const
