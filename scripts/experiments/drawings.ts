import type { Drawings, Sheet } from '../../conformance/experiments/experiment.ts'
import { sizes } from './convolutional.ts'
import { loadDigits, pixels } from './digits.ts'
import { drawing, learnToDraw } from './images.ts'
import { normals } from './random.ts'

const seed = 1
const [columns, rows] = [8, 3]
const short = (x: number) => Number(x.toPrecision(5))

/** Images side by side, in sixteen steps from black to white, a hexadecimal digit a pixel. */
function sheetOf(images: Float32Array, across: number, down: number): Sheet {
  const { width } = sizes
  const gray: string[] = []
  for (let y = 0; y < down * width; y++) {
    for (let x = 0; x < across * width; x++) {
      const image = Math.floor(y / width) * across + Math.floor(x / width)
      const value = images[image * pixels + (y % width) * width + (x % width)]!
      gray.push(Math.round(15 * value).toString(16))
    }
  }
  return { width: across * width, height: down * width, gray: gray.join('') }
}

const imageAt = (images: Float32Array, n: number) => images.subarray(n * pixels, (n + 1) * pixels)

/** The root of the mean squared difference of two images. */
function distance(one: Float32Array, other: Float32Array): number {
  return Math.sqrt(one.reduce((sum, x, at) => sum + (x - other[at]!) ** 2, 0) / pixels)
}

/** The digit of the training set that is nearest to an image. */
function nearest(image: Float32Array): { readonly digit: number; readonly distance: number } {
  const { images, labels } = loadDigits().training
  const distances = labels.map((_, n) => distance(image, imageAt(images, n)))
  const least = Math.min(...distances)
  return { digit: labels[distances.indexOf(least)]!, distance: short(least) }
}

/** Digits that networks of convolutions draw after a few hundred steps, and those on the way between two of them. */
export async function drawings(): Promise<Drawings> {
  const { batch, rate, slower, memory, steps, every } = drawing
  const { noise, side, channels, between, width } = sizes
  const learned = await learnToDraw(seed)
  const grid = await learned.images(normals(seed, 'grid', columns * rows * noise))
  const ends = normals(seed, 'ends', 2 * noise)
  const shares = Array.from({ length: columns }, (_, i) => short(i / (columns - 1)))
  const way = await learned.images(
    Float32Array.from(
      shares.flatMap((t) =>
        Array.from({ length: noise }, (_, k) => (1 - t) * ends[k]! + t * ends[noise + k]!),
      ),
    ),
  )
  return {
    setting: `A small DCGAN: ${noise} normal numbers become ${side} × ${side} × ${channels} numbers by a dense layer, and two transposed convolutions with kernels of 4 × 4 and stride 2 make ${2 * side} × ${2 * side} × ${between} of them and then an image of ${width} × ${width}, with rectifiers and a sigmoid at the end; the discriminator goes the same way back by convolutions with leaky rectifiers. Nothing is normalized. ${steps} steps of each network with the non-saturating loss, batches of ${batch} of the 3000 digits of the package mnist, Adam with rate ${rate} (generator), ${rate / slower} (discriminator) and β = ${memory.join(' and ')}, seed ${seed}.`,
    clauses: [
      'gan.dcgan.shapes',
      'gan.tconv.matrix-transpose',
      'gan.tconv.gradients',
      'gan.latent-interpolation',
    ],
    axis: 'steps of each network',
    places: [1, ...Array.from({ length: steps / every }, (_, i) => (i + 1) * every)],
    discriminator: learned.discriminator.map(short),
    generator: learned.generator.map(short),
    grid: sheetOf(grid, columns, rows),
    nearest: Array.from({ length: columns * rows }, (_, n) => nearest(imageAt(grid, n))),
    between: sheetOf(way, columns, 1),
    shares,
    fromFirst: shares.map((_, n) => short(distance(imageAt(way, n), imageAt(way, 0)))),
    fromLast: shares.map((_, n) => short(distance(imageAt(way, n), imageAt(way, columns - 1)))),
  }
}
