import type { LayerCurves } from '../../conformance/experiments/experiment.ts'
import { type Ask, tensor } from './ask.ts'
import { bitsCurve, type Layer, rankCurve, sparsityCurve } from './curves.ts'
import { type Digits, forTest, forTraining, loadDigits, pixels } from './digits.ts'
import { faceLayer, facePackage, faceVersion } from './face.ts'
import { type Network, scoresOf, shareRight, trainingInWords } from './network.ts'
import { normals } from './random.ts'

const shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8, 0.9, 0.95, 0.98]
const widths = [2, 3, 4, 5, 6, 7, 8, 10, 12]

/** How many singular values are kept: few of them more closely, and all. */
const countsUpTo = (most: number) =>
  [1, 2, 4, 8, 12, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 136].filter((t) => t <= most)

async function curvesOf(ask: Ask, layer: Layer) {
  const [rows, columns] = layer.weights.shape as [number, number]
  return {
    rows,
    columns,
    curves: [
      await rankCurve(ask, layer, countsUpTo(Math.min(rows, columns))),
      await sparsityCurve(ask, layer, shares),
      await bitsCurve(ask, layer, widths),
    ],
  }
}

/** The layer of a network that others trained. */
export async function faceCurves(ask: Ask): Promise<LayerCurves> {
  const weights = faceLayer()
  const D = weights.shape[0]!
  const samples = tensor(
    [64, D],
    normals(1, 'activations', 64 * D).map((x) => Math.max(0, x)),
  )
  return {
    title: 'The last layer of a network that finds the landmarks of a face',
    source: `${facePackage} ${faceVersion()}, model face_landmark_68, array fc/weights, which the package stores in 8 bits a number`,
    samples:
      '64 samples of rectified normal numbers: the features below are not computed, since no picture is given',
    ...(await curvesOf(ask, { weights, samples })),
  }
}

/** The hidden layer of the network that the experiments train. */
export async function digitCurves(ask: Ask, network: Network): Promise<LayerCurves> {
  const { test } = loadDigits()
  const hidden = network.bias1.length
  const weights = tensor([pixels, hidden], network.weights1)
  const samples = tensor([64, pixels], everyNth(test, 64))
  const accuracyWith = (weights1: Float32Array) =>
    shareRight(scoresOf({ ...network, weights1 }, test), test.labels)
  return {
    title: 'The hidden layer of a network that reads handwritten digits',
    source: `trained here on ${10 * forTraining} digits of the package mnist 1.1.0, by ${trainingInWords}`,
    samples: `64 of the ${10 * forTest} digits of the test; the share of all of them that the network reads rightly, the other layer unchanged and nothing trained again`,
    ...(await curvesOf(ask, { weights, samples, accuracyWith })),
  }
}

/** Images at equal distances. */
function everyNth({ images, labels }: Digits, count: number): Float32Array {
  const step = Math.floor(labels.length / count)
  const chosen = new Float32Array(count * pixels)
  for (let n = 0; n < count; n++) {
    chosen.set(images.subarray(n * step * pixels, (n * step + 1) * pixels), n * pixels)
  }
  return chosen
}
