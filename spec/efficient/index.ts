import * as dense from './dense.ts'
import * as densenet from './densenet.ts'
import * as depthwise from './depthwise.ts'
import * as fire from './fire.ts'
import * as mobilenet from './mobilenet.ts'
import * as pointwise from './pointwise.ts'
import * as separable from './separable.ts'
import * as shuffle from './shuffle.ts'
import * as shufflenet from './shufflenet.ts'
import * as squeezenet from './squeezenet.ts'

/** The clauses on efficient architectures, in the order of the notes. */
export const clauses = [
  depthwise.channelsApart,
  separable.factorized,
  mobilenet.costRatio,
  mobilenet.multipliers,
  fire.fireModule,
  squeezenet.params,
  squeezenet.lateDownsampling,
  pointwise.groups,
  shuffle.shuffled,
  shufflenet.cost,
  shufflenet.wider,
  dense.concat,
  densenet.growth,
  densenet.shallower,
  dense.gradient,
] as const
