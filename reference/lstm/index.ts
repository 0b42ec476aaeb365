/** The reference of every operation on long short-term memory, by the name that it has in this area. */

export { forward, forwardGradient } from './forward.ts'
export { parameterCount } from './param-count.ts'
