/** The reference of every operation on gated recurrent units, by the name that it has in this area. */

export { forward, forwardGradient } from './forward.ts'
export { layerCounts } from './param-ratio.ts'
