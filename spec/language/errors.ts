/**
 * An argument that the signature of an operation does not allow.
 * The message is made of the fields, so that a caller can act on them without reading the text.
 */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'

  constructor(
    readonly operation: string,
    /** The argument at fault, such as `filters` or `strides`. */
    readonly argument: string,
    readonly got: string,
    readonly expected: string,
  ) {
    super(`${operation}: ${argument} is ${got}; expected ${expected}`)
  }
}
