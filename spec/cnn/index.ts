import * as conv2d from './conv2d.ts'

/** The operations of the chapter on convolutional networks. */
export const operations = [conv2d.conv2d] as const

/** Its clauses, in the order of the notes. */
export const clauses = [conv2d.forward] as const
