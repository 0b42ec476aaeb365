import { tconvPlacement as reference } from '../../../reference/gan/tconv-conventions.ts'
import { tconvPlacement } from '../../../spec/gan/tconv-conventions.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(tconvPlacement, reference)

/** Another word of ONNX in the place of the one that was said. */
const otherWord = (name: string, words: Readonly<Record<string, 'SAME_UPPER' | 'SAME_LOWER'>>) =>
  wrong.parameters(name, ({ call }) => {
    if (!('onnx' in call) || !('autoPad' in call.onnx)) return {}
    const { autoPad } = call.onnx
    return { call: { onnx: { ...call.onnx, autoPad: words[autoPad] ?? autoPad } } } as {
      call: typeof call
    }
  })

export const exchangesWords = otherWord(
  'takes SAME_UPPER for SAME_LOWER and the other way round, as texts of the operator had it before',
  { SAME_UPPER: 'SAME_LOWER', SAME_LOWER: 'SAME_UPPER', NOTSET: 'SAME_UPPER' },
)

export const unsetIsUpper = otherWord(
  'shares the cut of a size that is asked for as SAME_UPPER does where no word is given',
  { NOTSET: 'SAME_UPPER' },
)

export const kerasAsPyTorch = wrong.outputs(
  'cuts the larger half of Keras’ same off the beginning, where PyTorch begins',
  ({ before, after }, { parameters: { call } }) => {
    const same = 'keras' in call && call.keras.padding === 'same'
    return same && after.at() === before.at() + 1 ? { before: after, after: before } : {}
  },
)

export const pytorchFirst = wrong.outputs(
  'gives PyTorch’s output padding back at the beginning',
  ({ before, after }, { parameters: { call } }) => {
    if (!('pytorch' in call)) return {}
    const { outputPadding: o } = call.pytorch
    return { before: changed(before, (n) => n - o), after: changed(after, (n) => n + o) }
  },
)

export const onnxWithoutMore = wrong.outputs(
  'shares what ONNX cuts off as if there were no output padding',
  ({ before, after }, { parameters: { call } }) => {
    if (!('onnx' in call) || !('autoPad' in call.onnx) || call.onnx.autoPad === 'VALID') return {}
    const total = before.at() + after.at()
    const first = call.onnx.autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2)
    return { before: changed(before, () => first), after: changed(after, () => total - first) }
  },
)

export const validIsAll = wrong.outputs(
  'gives Keras’ valid all that the kernel reaches, and no more where the stride is larger',
  ({ size, after }, { parameters: { call } }) => {
    const valid = 'keras' in call && call.keras.padding === 'valid'
    if (!valid || 'outputPadding' in call.keras) return {}
    return {
      size: changed(size, (n) => n + Math.min(0, after.at())),
      after: changed(after, (n) => Math.max(0, n)),
    }
  },
)

export const kerasMoreOnSame = wrong.outputs(
  'adds Keras’ output padding to the size that same has without it',
  ({ size, after }, { parameters: { call, size: count, stride } }) => {
    const same = 'keras' in call && call.keras.padding === 'same'
    if (!same || !('outputPadding' in call.keras)) return {}
    const wanted = count * stride + call.keras.outputPadding
    return {
      size: changed(size, () => wanted),
      after: changed(after, (n) => n + size.at() - wanted),
    }
  },
)

export const ignoresDilation = wrong.parameters('ignores the dilation', () => ({ dilation: 1 }))
