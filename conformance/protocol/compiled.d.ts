declare module 'touchstone:validators' {
  import type { ValidateFunction } from 'ajv'
  export const evaluateResult: ValidateFunction
  export const initializeResult: ValidateFunction
  export const request: ValidateFunction
  export const requests: ValidateFunction
  export const response: ValidateFunction
}
