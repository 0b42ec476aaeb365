import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  averagePoolGradient as averageReference,
  maxPoolGradient as maxReference,
} from '../../../reference/cnn/pool-gradient.ts'
import { layPoolWindows, type Pooling } from '../../../reference/cnn/pool-window.ts'
import { averagePoolGradient, maxPoolGradient } from '../../../spec/cnn/pool-gradient.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

/** The gradient that comes of giving each number under a window some share of what comes in. */
function share(
  x: NumberArray<number>,
  dy: NumberArray<number>,
  pooling: Pooling,
  shares: (under: readonly number[]) => readonly number[],
  collect: (before: number, arriving: number) => number = (before, arriving) => before + arriving,
) {
  const [, H, W] = x.shape as [number, number, number]
  const { pixels } = layPoolWindows([H, W], pooling)
  const dx = [...changed(x, () => 0).data]
  const place = build(x.shape, () => 0)
  const [N, Ho, Wo, K] = dy.shape as [number, number, number, number]
  for (let n = 0; n < N; n++)
    for (let i = 0; i < Ho; i++)
      for (let j = 0; j < Wo; j++)
        for (let k = 0; k < K; k++) {
          const under = pixels(i, j)
          shares(under.map(([p, q]) => x.at(n, p, q, k))).forEach((part, at) => {
            const [p, q] = under[at]!
            const position = ((n * H + p) * W + q) * K + k
            if (part !== 0) dx[position] = collect(dx[position]!, part * dy.at(n, i, j, k))
          })
        }
  return { dx: changed(place, (_, position) => dx[position]!) }
}

const one = (chosen: number) => (_: number, at: number) => (at === chosen ? 1 : 0)

const wrongMaxPoolGradient = faultsOf(maxPoolGradient, maxReference)
const wrongAveragePoolGradient = faultsOf(averagePoolGradient, averageReference)

export const maxGradientLast = wrongMaxPoolGradient.answer(
  'takes the last of equal numbers',
  ({ inputs, parameters }) =>
    share(inputs.x, inputs.dy, parameters, (under) =>
      under.map(one(under.lastIndexOf(Math.max(...under)))),
    ),
)

export const maxGradientToAll = wrongMaxPoolGradient.answer(
  'gives the gradient to each of equal numbers in full',
  ({ inputs, parameters }) =>
    share(inputs.x, inputs.dy, parameters, (under) =>
      under.map((v) => (v === Math.max(...under) ? 1 : 0)),
    ),
)

export const maxGradientShared = wrongMaxPoolGradient.answer(
  'shares the gradient among equal numbers',
  ({ inputs, parameters }) =>
    share(inputs.x, inputs.dy, parameters, (under) => {
      const largest = Math.max(...under)
      const equal = under.filter((v) => v === largest).length
      return under.map((v) => (v === largest ? 1 / equal : 0))
    }),
)

export const maxGradientOverwrites = wrongMaxPoolGradient.answer(
  'keeps the gradient of the last window over a pixel instead of the sum',
  ({ inputs, parameters }) =>
    share(
      inputs.x,
      inputs.dy,
      parameters,
      (under) => under.map(one(under.indexOf(Math.max(...under)))),
      (_, arriving) => arriving,
    ),
)

export const maxGradientToPadding = wrongMaxPoolGradient.answer(
  'lets padding win as 0, and the gradient get lost there',
  ({ inputs, parameters }) => {
    const places = parameters.kernel[0] * parameters.kernel[1]
    return share(inputs.x, inputs.dy, parameters, (under) => {
      const largest = Math.max(...under)
      const lost = under.length < places && largest < 0
      return under.map(one(lost ? -1 : under.indexOf(largest)))
    })
  },
)

export const maxGradientSpreads = wrongMaxPoolGradient.answer(
  'spreads the gradient as average pooling does',
  ({ inputs, parameters }) =>
    share(inputs.x, inputs.dy, parameters, (under) => under.map(() => 1 / under.length)),
)

const like = (dy: NumberArray<number>, [H, W]: readonly number[]) =>
  build([dy.shape[0]!, H!, W!, dy.shape[3]!], () => 0)

export const averageGradientCountsPadding = wrongAveragePoolGradient.answer(
  'divides by the places of the kernel, padding included',
  ({ inputs, parameters }) => {
    const { image, ...pooling } = parameters
    const places = pooling.kernel[0] * pooling.kernel[1]
    return share(like(inputs.dy, image), inputs.dy, pooling, (under) => under.map(() => 1 / places))
  },
)

export const averageGradientUndivided = wrongAveragePoolGradient.answer(
  'gives every pixel the whole gradient',
  ({ inputs, parameters }) => {
    const { image, ...pooling } = parameters
    return share(like(inputs.dy, image), inputs.dy, pooling, (under) => under.map(() => 1))
  },
)

export const averageGradientOverwrites = wrongAveragePoolGradient.answer(
  'keeps the gradient of the last window over a pixel instead of the sum',
  ({ inputs, parameters }) => {
    const { image, ...pooling } = parameters
    return share(
      like(inputs.dy, image),
      inputs.dy,
      pooling,
      (under) => under.map(() => 1 / under.length),
      (_, arriving) => arriving,
    )
  },
)

export const averageGradientOverlaps = wrongAveragePoolGradient.answer(
  'lays the windows at stride 1',
  ({ inputs, parameters }) => {
    const { image, ...pooling } = parameters
    if (pooling.padding !== 'valid')
      return share(like(inputs.dy, image), inputs.dy, pooling, () => [])
    return share(like(inputs.dy, image), inputs.dy, { ...pooling, strides: [1, 1] }, (under) =>
      under.map(() => 1 / under.length),
    )
  },
)

export const averageGradientSpreadsRest = wrongAveragePoolGradient.answer(
  'gives pixels that lie under no window what the last window gives',
  ({ inputs, parameters, right }) => {
    const { dx } = right(inputs, parameters)
    const { image, kernel, strides, padding } = parameters
    if (padding !== 'valid') return { dx }
    const [, Ho, Wo] = inputs.dy.shape as [number, number, number]
    const covered = [(Ho - 1) * strides[0] + kernel[0], (Wo - 1) * strides[1] + kernel[1]]
    return {
      dx: build([dx.shape[0]!, image[0]!, image[1]!, dx.shape[3]!], (n, p, q, k) =>
        dx.at(n, Math.min(p, covered[0]! - 1), Math.min(q, covered[1]! - 1), k),
      ),
    }
  },
)
