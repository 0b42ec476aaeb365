import * as conv2d from './conv2d.ts'

/** The chapter on convolutional networks, in reading order; one module a topic. */
export const cnn = [conv2d] as const
