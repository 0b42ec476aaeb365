import {
  evaluateResult,
  initializeResult,
  request,
  requests,
  response,
} from 'touchstone:validators'
import type * as node from './validators.ts'

// Compiled with the bundle, since the policy of a page forbids to make code of text.
export const validators: typeof node.validators = {
  ...{ evaluateResult, initializeResult, request, requests, response },
}
