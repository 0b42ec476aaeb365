import { build } from '../../../reference/arithmetic/array.ts'
import { arithmetic, backwards, inLanes, inOrder, pairwise, single } from '../arithmetics.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

/** Transposed convolutions, and what goes with them, computed in other ways. */
export const transposedVariations: readonly Variation[] = [
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'gan.tconv2d',
    'gan.tconv2dGradient',
    'gan.autoencoder',
  ]),
  ...evaluatedIn('adds up from the last term to the first', arithmetic({ adding: backwards(f) }), [
    'gan.tconv2d',
    'gan.tconv2dGradient',
  ]),
  ...evaluatedIn('adds up in eight lanes', arithmetic({ adding: inLanes(8, f) }), [
    'gan.tconv2d',
    'gan.autoencoder',
  ]),
  ...evaluatedIn('adds up in double precision', arithmetic({ adding: inOrder((x) => x) }), [
    'gan.tconv2d',
  ]),
  variation(
    'gan.tconv2d',
    'begins with the bias and lays one filter after the other over it',
    (the) => {
      const { z, filters, bias } = the.inputs
      const { N, H, W, K, A, Q, Hf, Wf, Ho, Wo } = the.sizes
      const { strides, dilations, padding, groups } = the.parameters
      const y = new Float32Array(N * H * W * K)
      for (let at = 0; at < y.length; at++) y[at] = bias.at(at % K)
      for (let n = 0; n < N; n++)
        for (let i = 0; i < Ho; i++)
          for (let j = 0; j < Wo; j++)
            for (let u = 0; u < Hf; u++)
              for (let v = 0; v < Wf; v++) {
                const a = strides[0] * i + dilations[0] * u - padding[0]
                const b = strides[1] * j + dilations[1] * v - padding[2]
                if (a < 0 || b < 0 || a >= H || b >= W) continue
                for (let q = 0; q < Q; q++)
                  for (let k = 0; k < A; k++) {
                    const channel = Math.floor(q / (Q / groups)) * A + k
                    const at = ((n * H + a) * W + b) * K + channel
                    y[at] = f(y[at]! + f(z.at(n, i, j, q) * filters.at(u, v, k, q)))
                  }
              }
      let at = 0
      return { y: build([N, H, W, K], () => y[at++]!) }
    },
  ),
]
