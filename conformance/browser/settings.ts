import { UsageError } from '../base/errors.ts'

/** What is checked in a browser, and how. */
export interface Settings {
  /** One of `subjects`, or `module` for what was dropped. */
  readonly subject: string
  /** Globs of clauses, separated by commas; all where it is empty. */
  readonly clauses: string
  /** Cases a property. */
  readonly runs: number
  readonly seed: number
  /** When to stop, in seconds; `null` for never. */
  readonly seconds: number | null
}

/** What a page can check by itself, in words for people; ONNX Runtime only where it was written with it. */
export const subjects: Readonly<Record<string, string>> = {
  'touchstone:wasm': 'Touchstone on WebAssembly',
  'touchstone:webgpu': 'Touchstone on WebGPU',
  'touchstone:webgl': 'Touchstone on WebGL',
  'touchstone:cpu': 'Touchstone on plain JavaScript',
  'tfjs:wasm': 'TensorFlow.js on WebAssembly',
  'tfjs:webgpu': 'TensorFlow.js on WebGPU',
  'tfjs:webgl': 'TensorFlow.js on WebGL',
  'tfjs:cpu': 'TensorFlow.js on plain JavaScript',
  'onnxruntime:wasm': 'ONNX Runtime on WebAssembly',
  'onnxruntime:webgpu': 'ONNX Runtime on WebGPU',
  'onnxruntime:webnn': 'ONNX Runtime on WebNN',
}

/** On which device ONNX Runtime is to be asked; `null` where something else is. */
export const onnxruntimeDevice = (subject: string): string | null =>
  /^onnxruntime:(\w+)$/.exec(subject)?.[1] ?? null

/** The name of what was dropped onto a page. */
export const dropped = 'module'

/** The same, where it is the script of a worker that speaks the protocol. */
export const speaker = 'worker'

/** Whether a file has to be chosen for it. */
export const isOwn = (subject: string): boolean => subject === dropped || subject === speaker

export const usual: Settings = {
  subject: 'touchstone:wasm',
  clauses: '',
  runs: 100,
  seed: 0,
  seconds: null,
}

/** Settings as the part of an address behind `#`, which no server is sent. */
export function toHash(settings: Settings): string {
  const { subject, clauses, runs, seed, seconds } = settings
  const words = { check: subject, clauses, runs, seed, seconds: seconds ?? '' }
  const given = Object.entries(words).filter(([, word]) => word !== '')
  return `#${new URLSearchParams(given.map(([name, word]) => [name, String(word)]))}`
}

/**
 * The settings of an address; what it does not say is as usual.
 *
 * @throws {UsageError} a number is none
 */
export function fromHash(hash: string): Settings {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const subject = given.get('check') ?? usual.subject
  return {
    subject: subject in subjects || isOwn(subject) ? subject : usual.subject,
    clauses: given.get('clauses') ?? usual.clauses,
    runs: wholeNumber(given.get('runs'), 'runs', 1) ?? usual.runs,
    seed: wholeNumber(given.get('seed'), 'seed', -(2 ** 31)) ?? usual.seed,
    seconds: wholeNumber(given.get('seconds'), 'seconds', 1),
  }
}

/** A whole number that is written somewhere; `null` where nothing is. */
export function wholeNumber(written: string | null, name: string, least: number): number | null {
  if (written === null || written.trim() === '') return null
  const value = Number(written)
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value
  throw new UsageError(`${name} takes a whole number from ${least} on, not ${written}`)
}
