/**
 * The symbols of the specification. The notes use some letters for several things; here a letter
 * means one thing within an area.
 */
export interface Notation {
  /** As the code spells it: the symbol of an axis, the name of an array or of a parameter. */
  readonly symbol: string
  readonly latex: string
  readonly meaning: string
  readonly kind: 'size' | 'index' | 'array' | 'scalar' | 'function'
  /** The areas in which it means this; `all` where no area is named. */
  readonly areas: readonly string[] | 'all'
}

type Rows = readonly (readonly [symbol: string, latex: string, meaning: string])[]

function symbols(kind: Notation['kind'], areas: Notation['areas'], rows: Rows): Notation[] {
  return rows.map(([symbol, latex, meaning]) => ({ symbol, latex, meaning, kind, areas }))
}

/** Areas about images, in which the letters of a convolution mean the same. */
const images = ['cnn', 'training', 'inception', 'resnet', 'transfer', 'efficient', 'gan']
const compressing = ['compression', 'pruning', 'lowrank', 'distillation', 'quantization']
const recurrent = ['rnn', 'bptt', 'activation', 'lstm', 'gru']

/** Letters with a meaning in every area that does not give them another. */
const common = [
  ...symbols('size', 'all', [
    ['N', 'N', 'samples of a batch; images'],
    ['D', 'D', 'units of a layer; features of a sample'],
    ['C', 'C', 'classes'],
    ['L', 'L', 'layers'],
    ['M', 'M', 'rows of a second array, or units of a second layer'],
    ['P', 'P', 'positions; parameters; pairs'],
  ]),
  ...symbols('index', 'all', [
    ['n', 'n', 'sample, from 0 on, as all indices'],
    ['i', 'i', 'row; unit'],
    ['j', 'j', 'column; unit of the other layer'],
    ['l', 'l', 'layer'],
    ['t', 't', 'time step; step of an optimizer'],
  ]),
  ...symbols('array', 'all', [
    ['x', 'x', 'input'],
    ['y', 'y', 'output; in losses, what should come out'],
    ['z', 'z', 'what goes into an activation; logits'],
    ['bias', 'b', 'biases'],
    ['weights', 'W', 'weights of a layer'],
    ['g', 'g', 'gradient of the loss with respect to an output'],
  ]),
  ...symbols('scalar', 'all', [
    ['rate', String.raw`\eta`, 'learning rate'],
    ['loss', 'E', 'loss, or error'],
    ['theta', String.raw`\theta`, 'all parameters of a network'],
    ['epsilon', String.raw`\varepsilon`, 'a small positive number, named by its clause'],
  ]),
  ...symbols('function', 'all', [
    ['sigmoid', String.raw`\sigma`, 'the logistic function'],
    ['activation', String.raw`\varphi`, 'an activation; ReLU where none is named'],
    ['gradient', String.raw`\nabla`, 'gradient; the operation is named after its forward one'],
  ]),
] as const

const convolution = [
  ...symbols('size', images, [
    ['H', 'H', 'rows of an image'],
    ['W', 'W', 'columns of an image'],
    ['K', 'K', 'channels of an image'],
    ['Q', 'Q', 'filters: channels of the output'],
    ['Hf', "H'", 'rows of a kernel'],
    ['Wf', "W'", 'columns of a kernel'],
    ['Ho', 'H_o', 'rows of the output'],
    ['Wo', 'W_o', 'columns of the output'],
    ['Hp', 'H_p', 'rows with the padding'],
    ['Wp', 'W_p', 'columns with the padding'],
    ['R', 'R', 'rows of a kernel that slides along one axis'],
    ['S', 'S', 'columns of a kernel that slides along one axis'],
    ['G', 'G', 'groups of channels'],
    ['B', 'B', 'channels inside a bottleneck'],
    ['U', 'U', 'side of a square kernel'],
    ['V', 'V', 'columns of a kernel whose rows are U'],
    ['U1', 'U_1', 'rows of the first kernel'],
    ['V1', 'V_1', 'columns of the first kernel'],
    ['U2', 'U_2', 'rows of the second kernel'],
    ['V2', 'V_2', 'columns of the second kernel'],
    ['U3', 'U_3', 'rows of the third kernel'],
    ['V3', 'V_3', 'columns of the third kernel'],
    ['Uc', 'U_c', 'rows of the kernel that stands for several'],
    ['Vc', 'V_c', 'columns of the kernel that stands for several'],
    ['I', '1', 'side of a 1 × 1 kernel'],
    ['A', 'A', 'auxiliary classifiers'],
    ['T', 'T', 'steps or epochs'],
    ['E', 'E', 'epochs'],
  ]),
  ...symbols('index', images, [
    ['k', 'k', 'channel'],
    ['q', 'q', 'filter'],
    ['u', 'u', 'row of the kernel'],
    ['v', 'v', 'column of the kernel'],
  ]),
  ...symbols('array', images, [
    ['filters', 'F', 'bank of filters: rows × columns × channels × filters'],
  ]),
  ...symbols('scalar', images, [
    ['strides', 'S_h, S_w', 'strides, along rows and columns'],
    ['dilations', 'D_h, D_w', 'dilations, along rows and columns'],
  ]),
] as const

/** Where an area gives a letter another meaning than the rest. */
const perArea = [
  ...symbols('size', ['transfer'], [['F', 'F', 'units of a layer above another']]),
  ...symbols('size', ['resnet'], [['C', 'C', 'channels']]),
  ...symbols(
    'function',
    ['resnet'],
    [
      ['F', 'F', 'residual branch of a block'],
      ['H', 'H', 'block: the input plus the branch'],
      ['J', 'J', 'Jacobian of a branch'],
    ],
  ),
  ...symbols('size', compressing, [
    ['K', 'K', 'clusters; kept singular values'],
    ['H', 'H', 'rows of a matrix'],
    ['W', 'W', 'columns of a matrix'],
    ['R', 'R', 'rank'],
    ['G', 'G', 'groups of weights'],
    ['Q', 'Q', 'levels of a quantizer'],
    ['S', 'S', 'students'],
    ['T', 'T', 'teachers; steps'],
  ]),
  ...symbols(
    'array',
    ['distillation'],
    [
      ['v', 'v', 'scores of the teacher, where z are those of the student'],
      ['p', 'p', 'probabilities of the teacher'],
      ['q', 'q', 'probabilities of the student'],
    ],
  ),
  ...symbols(
    'scalar',
    ['distillation'],
    [
      ['temperature', String.raw`\tau`, 'temperature of a softmax'],
      ['share', String.raw`\alpha`, 'share of what is learned from the teacher'],
    ],
  ),
  ...symbols('array', compressing, [
    ['U', 'U', 'left singular vectors'],
    ['S', 'S', 'singular values, on a diagonal'],
    ['V', 'V', 'right singular vectors'],
  ]),
  ...symbols('size', recurrent, [
    ['T', 'T', 'time steps'],
    ['I', 'I', 'units of the input'],
    ['H', 'H', 'units of the state'],
    ['O', 'O', 'units of the output'],
    ['G', 'G', 'gates'],
    ['P', 'P', 'gates with peepholes'],
    ['K', 'K', 'steps that a gradient goes back'],
    ['B', 'B', 'batches'],
    ['V', 'V', 'words of a vocabulary'],
  ]),
  ...symbols('array', recurrent, [
    ['h', 'h', 'state'],
    ['c', 'c', 'cell of an LSTM'],
    ['P', 'P', 'peepholes: weights from a cell to its own gates'],
    ['U', 'U', 'weights from the input to the state'],
    ['W', 'W', 'weights from the state to the state'],
    ['V', 'V', 'weights from the state to the output'],
  ]),
  ...symbols(
    'array',
    ['gru'],
    [
      ['z', 'z', 'update gate: the share of the state that is kept'],
      ['r', 'r', 'reset gate'],
      ['n', 'n', 'candidate for the new state'],
      ['bn', 'b_m', 'bias of what the candidate takes from the state'],
    ],
  ),
  ...symbols(
    'size',
    ['federated'],
    [
      ['K', 'K', 'clients'],
      ['M', 'm', 'clients that take part in a round'],
      ['T', 'T', 'rounds'],
      ['N', 'N', 'places for points that a client has'],
      ['I', 'I', 'features of a point'],
      ['O', 'O', 'outputs of a model'],
      ['H', 'H', 'hidden units of a network'],
      ['P', 'P', 'parameters of a model'],
      ['B', 'B', 'points of a local batch'],
      ['L', 'L', 'local steps'],
      ['A', 'A', 'attackers; auxiliary values'],
    ],
  ),
  ...symbols('index', ['federated'], [['k', 'k', 'client']]),
  ...symbols(
    'scalar',
    ['federated'],
    [
      ['rho', String.raw`\rho`, 'share of the clients that take part'],
      ['mu', String.raw`\mu`, 'weight of the proximal term'],
    ],
  ),
  ...symbols(
    'size',
    ['gan'],
    [
      ['Z', 'Z', 'units of the noise'],
      ['B', 'B', 'pairs of a batch'],
      ['M', 'm', 'samples of a batch'],
      ['S', "m'", 'generated samples, where they may be another number'],
      ['N', 'N', 'images; points of a support'],
      ['A', 'A', 'channels of a group'],
      ['X', 'X', 'features of a sample'],
      ['Hg', 'H_G', 'hidden units of the generator'],
      ['Hd', 'H_D', 'hidden units of the discriminator'],
    ],
  ),
  ...symbols(
    'function',
    ['gan'],
    [
      ['D', 'D', 'discriminator'],
      ['G', 'G', 'generator'],
    ],
  ),
] as const

/** Every symbol: what all areas share first, then what single areas add or change. */
export const notation: readonly Notation[] = [...common, ...convolution, ...perArea]

/** Areas in words: some stand for a chapter of the notes, which has a name of its own. */
export function areasInWords(areas: Notation['areas']): string {
  if (areas === 'all') return 'all others'
  if (areas === images) return 'images'
  if (areas === compressing) return 'compression'
  return areas === recurrent ? 'recurrent networks' : areas.join(', ')
}

/** What the words for several areas stand for. */
export const chapters: readonly (readonly [string, readonly string[]])[] = [
  [areasInWords(images), images],
  [areasInWords(compressing), compressing],
  [areasInWords(recurrent), recurrent],
]

/** What a symbol means in an area: its own meaning, else the one that all share. */
export function symbolIn(
  area: string,
  symbol: string,
  kind?: Notation['kind'],
): Notation | undefined {
  const candidates = notation.filter(
    (entry) => entry.symbol === symbol && (kind === undefined || entry.kind === kind),
  )
  const own = candidates.filter(({ areas }) => areas !== 'all' && areas.includes(area))
  // The last word on a letter is the one that fewest areas share.
  const [nearest] = own.toSorted((a, b) => a.areas.length - b.areas.length)
  return nearest ?? candidates.find(({ areas }) => areas === 'all')
}

/** An axis that is named by a whole word holds what the word says, and needs no entry. */
export function isWord(symbol: string): boolean {
  return /^[A-Z][a-z]{2,}/.test(symbol)
}

/** The order of the axes of each sort of array, first to last. */
export const axisOrders: readonly {
  readonly of: string
  readonly axes: string
  readonly elsewhere: string
}[] = [
  {
    of: 'images',
    axes: 'N × H × W × K: sample, row, column, channel',
    elsewhere: 'PyTorch, ONNX, Caffe: N × K × H × W',
  },
  {
    of: 'a bank of filters',
    axes: 'H′ × W′ × K × Q: row, column, channel in, channel out',
    elsewhere: 'PyTorch, ONNX: Q × K × H′ × W′',
  },
  {
    of: 'samples of a dense layer',
    axes: 'N × D: a sample is a row, and weights stand on its right, D × outputs',
    elsewhere: 'PyTorch keeps the transpose, outputs × D',
  },
  {
    of: 'sequences',
    axes: 'T × N × D where a batch is meant, else T × D: time first',
    elsewhere: 'TensorFlow, Keras: N × T × D',
  },
  {
    of: 'states of a recurrent cell',
    axes: 'a column, with weights on its left: h = φ(U x + W h)',
    elsewhere: 'libraries multiply rows from the left, with the transposed weights',
  },
]

/** The words for kinds of clause, and what makes a clause one of them. */
export const kinds: readonly { readonly kind: string; readonly meaning: string }[] = [
  { kind: 'formula', meaning: 'what an operation computes' },
  {
    kind: 'count',
    meaning: 'a shape, a size or a number of parameters or multiplications; whole and exact',
  },
  { kind: 'gradient', meaning: 'the derivative of an operation, for every input and parameter' },
  { kind: 'law', meaning: 'an identity, an inequality or an equivalence between answers' },
  { kind: 'algorithm', meaning: 'the steps of a procedure, and what is true after them' },
  {
    kind: 'theorem',
    meaning: 'a statement that is shown on a small problem, which the clause states',
  },
  {
    kind: 'statistical',
    meaning: 'a statement about a distribution, with the odds of a false alarm',
  },
  { kind: 'decision', meaning: 'a rule that says what to do when, with its thresholds' },
]
