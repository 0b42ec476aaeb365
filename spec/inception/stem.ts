import { outputSize } from '../cnn/output-size.ts'
import { clause } from '../language/clause.ts'

export const stem = clause({
  id: 'inception.stem.sizes',
  title: 'A stem makes the image eight times smaller before the first module',
  kind: 'count',
  operations: [outputSize],
  statement:
    'The stem of GoogLeNet is a 7 × 7 convolution of stride 2, a 3 × 3 pooling of stride 2, convolutions of 1 × 1 and 3 × 3, and a 3 × 3 pooling of stride 2, each surrounded by as many zeros as `same` asks for. Three of the five layers halve the image, so $\\lceil H / 8 \\rceil$ rows are left, 28 of 224, and every module after it computes at 64 times fewer positions than it would on the image itself.',
  formula: String.raw`H \to \lceil \tfrac H2 \rceil \to \lceil \tfrac H4 \rceil \to \lceil \tfrac H4 \rceil \to \lceil \tfrac H4 \rceil \to \lceil \tfrac H8 \rceil,\qquad 224 \to 112 \to 56 \to 56 \to 56 \to 28`,
  domain: 'Images of any side, one axis at a time.',
  conventions: [
    {
      choice: 'Pooling rounds sizes up, as the padding `same` does.',
      others: 'Caffe reaches over the border instead, and comes to the same sizes for even sides.',
    },
  ],
  source: {
    notes: [[102, 102]],
    publications: [
      { title: 'Szegedy et al. (2015), Going deeper with convolutions', where: 'table 1' },
    ],
  },
  errata: [],
})
