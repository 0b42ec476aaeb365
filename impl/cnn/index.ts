import { conv2d } from './conv2d.ts'

/** The fast implementation of every operation on convolutional networks, by the operation's id. */
export const cnnFast = {
  'cnn.conv2d': conv2d,
} as const
