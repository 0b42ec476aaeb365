/** What a module finds under the name of this package, where it is opened in a browser. */
export { defineImplementation, tensor } from '../adapters/define.ts'
export { Unsupported } from '../base/errors.ts'
export { fromHalf, toHalf } from '../protocol/half.ts'
