import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what a discriminator is told: targets, classes, and where noise is put. */
export const ganLabelMistakes: readonly Mistake[] = [
  mistake('gan.binaryCrossEntropy', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.binaryCrossEntropy', 'range', 'keeps targets between 0 and 1', (the) =>
    the.but({ targets: change(the.inputs.targets, (t) => Math.min(1, Math.max(0, t))) }),
  ),
  mistake(
    'gan.binaryCrossEntropy',
    'size',
    'leaves out what is beyond whole blocks of 32',
    (the) => {
      const { M } = the.sizes
      if (M < 32 || M % 32 === 0) return
      const targets = change(the.inputs.targets, (t, m) => (m < M - (M % 32) ? t : 0))
      const logits = change(the.inputs.logits, (a, m) => (m < M - (M % 32) ? a : -1e4))
      return the.but({ logits, targets })
    },
    { sizes: { M: 40 } },
  ),
  mistake(
    'gan.binaryCrossEntropyGradient',
    'special',
    'has no slope where the target is met by a sign alone',
    (the) => ({
      dLogits: change(the.right.dLogits, (g, m) =>
        the.inputs.targets.at(m) === (the.inputs.logits.at(m) > 0 ? 1 : 0) ? 0 : g,
      ),
    }),
    { sizes: { M: 1 }, elements: { logits: () => 1, targets: () => 1 } },
  ),
  mistake('gan.binaryCrossEntropyGradient', 'numeric', 'keeps sigmoids in bfloat16', (the) => ({
    dLogits: change(the.right.dLogits, bfloat),
  })),
  mistake(
    'gan.smoothedValue',
    'shape',
    'smooths as many generated samples as there are real ones',
    (the) => {
      if (the.sizes.S > the.sizes.M) return the.but({}, { generatedTarget: 0 })
    },
    { sizes: { M: 1, S: 2 }, parameters: { realTarget: 0.9, generatedTarget: 0.25 } },
  ),
  mistake(
    'gan.smoothedValue',
    'range',
    'keeps the target of real samples above 0.75',
    (the) => the.but({}, { realTarget: Math.max(0.75, the.parameters.realTarget) }),
    { parameters: { realTarget: 0.5, generatedTarget: 0 } },
  ),
  mistake(
    'gan.smoothedValueGradient',
    'term',
    'smooths the slopes of real samples alone',
    (the) => ({ dGenerated: the.but({}, { generatedTarget: 0 }).dGenerated }),
    { parameters: { realTarget: 0.9, generatedTarget: 0.25 } },
  ),
  mistake(
    'gan.smoothedDiscriminator',
    'special',
    'gives the target of real samples where neither distribution comes',
    (the) => {
      const { data, generated } = the.inputs
      const isNowhere = (n: number) => data.at(n) + generated.at(n) === 0
      return {
        probability: change(the.right.probability, (d, n) =>
          isNowhere(n) ? the.parameters.realTarget : d,
        ),
      }
    },
    { sizes: { N: 2 }, elements: { data: (_, n) => n, generated: (_, n) => n } },
  ),
  mistake(
    'gan.smoothedDiscriminator',
    'numeric',
    'rounds targets to half precision',
    (the) =>
      the.but(
        {},
        {
          realTarget: half(the.parameters.realTarget),
          generatedTarget: half(the.parameters.generatedTarget),
        },
      ),
    { parameters: { realTarget: 0.9, generatedTarget: 0.1 } },
  ),
  mistake(
    'gan.pushforward',
    'size',
    'adds up the first 64 values of the noise',
    (the) => {
      if (the.sizes.Z <= 64) return
      const noise = change(the.inputs.noise, (w, z) => (z < 64 ? w : 0))
      if (noise.data.some((w) => w > 0)) return the.but({ noise })
    },
    { sizes: { Z: 80 } },
  ),
  mistake(
    'gan.pushforward',
    'special',
    'puts at the last point what should be at the first, where there are several',
    (the) => {
      const last = the.parameters.points - 1
      if (last > 0)
        return the.but({ images: change(the.inputs.images, (n) => (n === 0 ? last : n)) })
    },
    { sizes: { Z: 3 }, parameters: { points: 2 }, elements: { images: (_, z) => z % 2 } },
  ),
  mistake('gan.pushforward', 'numeric', 'keeps weights in bfloat16', (the) => ({
    generated: change(the.right.generated, bfloat),
  })),
  mistake(
    'gan.conditionalValue',
    'shape',
    'of as many classes as points reads logits by columns',
    (the) => {
      const { logits } = the.inputs
      if (the.sizes.C === the.sizes.N && the.sizes.C > 1)
        return the.but({ logits: change(logits, (_, c, n) => logits.at(n, c)) })
    },
    { sizes: { C: 2, N: 2 } },
  ),
  mistake(
    'gan.conditionalValue',
    'special',
    'counts a class that never comes as one of the others',
    (the) => {
      const all = the.right.ofClass.data
      if (the.inputs.classes.data.includes(0))
        return { value: scalar(all.reduce((sum, v) => sum + v, 0) / all.length) }
    },
    { sizes: { C: 2 }, elements: { classes: (_, c) => c } },
  ),
  mistake(
    'gan.conditionalDivergence',
    'logic',
    'takes the weights of the classes for the data alone',
    (the) => {
      const classes = change(the.inputs.classes, () => 1)
      const [weighted, alike] = [the.right, the.but({ classes })]
      return { marginal: scalar((weighted.marginal.at() + alike.marginal.at()) / 2) }
    },
    { sizes: { C: 2, N: 2 }, elements: { classes: (_, c) => 1 + 3 * c } },
  ),
  mistake(
    'gan.conditionalDivergence',
    'size',
    'mixes the first eight classes',
    (the) => {
      const classes = change(the.inputs.classes, (w, c) => (c < 8 ? w : 0))
      if (the.sizes.C > 8 && classes.data.some((w) => w > 0))
        return { marginal: the.but({ classes }).marginal }
    },
    { sizes: { C: 10, N: 3 } },
  ),
]
