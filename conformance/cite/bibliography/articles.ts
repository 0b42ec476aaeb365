import type { Entries, Entry } from './entry.ts'

const article = (journal: string, volume: string, ids: Partial<Entry> = {}): Entry => {
  const [first, number] = volume.split('/')
  return { type: 'article', in: journal, volume: first!, ...(number ? { number } : {}), ...ids }
}

const computation = (volume: string, doi: string) =>
  article('Neural Computation', volume, { doi: `10.1162/${doi}` })
const statistics = (volume: string, doi: string) =>
  article('Journal of the Royal Statistical Society: Series B', volume, { doi: `10.1111/${doi}` })

/** What appeared in journals. */
export const articles: Entries = {
  'Björck, Golub (1973), Numerical methods for computing angles between linear subspaces': article(
    'Mathematics of Computation',
    '27/123',
  ),
  'Wedin (1972), Perturbation bounds in connection with singular value decomposition': article(
    'BIT Numerical Mathematics',
    '12/1',
  ),
  'Davis, Kahan (1970), The rotation of eigenvectors by a perturbation III': article(
    'SIAM Journal on Numerical Analysis',
    '7/1',
  ),
  'Shoemake (1985), Animating rotation with quaternion curves': article(
    'Computer Graphics',
    '19/3',
  ),
  'Araujo, Norris, Sim (2019), Computing receptive fields of convolutional neural networks':
    article('Distill', '4/11', { doi: '10.23915/distill.00021' }),
  'Beyer, Schwefel (2002), Evolution strategies: a comprehensive introduction': article(
    'Natural Computing',
    '1/1',
    { doi: '10.1023/A:1015059928466' },
  ),
  'Clauset, Shalizi, Newman (2009), Power-law distributions in empirical data': article(
    'SIAM Review',
    '51/4',
  ),
  'Clopper, Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial':
    article('Biometrika', '26/4', { doi: '10.1093/biomet/26.4.404' }),
  'Dowson, Landau (1982), The Fréchet distance between multivariate normal distributions': article(
    'Journal of Multivariate Analysis',
    '12/3',
    { doi: '10.1016/0047-259X(82)90077-X' },
  ),
  'Eckart, Young (1936), The approximation of one matrix by another of lower rank': article(
    'Psychometrika',
    '1/3',
    { doi: '10.1007/BF02288367' },
  ),
  'Geman, Bienenstock, Doursat (1992), Neural networks and the bias/variance dilemma': computation(
    '4/1',
    'neco.1992.4.1.1',
  ),
  'Gers, Schmidhuber, Cummins (2000), Learning to forget: continual prediction with LSTM':
    computation('12/10', '089976600300015015'),
  'Greff, Srivastava, Koutník, Steunebrink, Schmidhuber (2017), LSTM: a search space odyssey':
    article('IEEE Transactions on Neural Networks and Learning Systems', '28/10', {
      doi: '10.1109/TNNLS.2016.2582924',
      arxiv: '1503.04069',
    }),
  'Halko, Martinsson, Tropp (2011), Finding structure with randomness: probabilistic algorithms for constructing approximate matrix decompositions':
    article('SIAM Review', '53/2'),
  'Hochreiter, Schmidhuber (1997), Long short-term memory': computation(
    '9/8',
    'neco.1997.9.8.1735',
  ),
  'Kairouz, McMahan et al. (2021), Advances and open problems in federated learning': article(
    'Foundations and Trends in Machine Learning',
    '14/1–2',
    { doi: '10.1561/2200000083', arxiv: '1912.04977' },
  ),
  'LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition':
    article('Proceedings of the IEEE', '86/11', { doi: '10.1109/5.726791' }),
  'Lin (1991), Divergence measures based on the Shannon entropy': article(
    'IEEE Transactions on Information Theory',
    '37/1',
    { doi: '10.1109/18.61115' },
  ),
  'Lloyd (1982), Least squares quantization in PCM': article(
    'IEEE Transactions on Information Theory',
    '28/2',
    { doi: '10.1109/TIT.1982.1056489' },
  ),
  'Lu, Freund, Nesterov (2018), Relatively smooth convex optimization by first-order methods, and applications':
    article('SIAM Journal on Optimization', '28/1', {
      doi: '10.1137/16M1099546',
      arxiv: '1610.05708',
    }),
  'Mirsky (1960), Symmetric gauge functions and unitarily invariant norms': article(
    'The Quarterly Journal of Mathematics',
    '11/1',
    { doi: '10.1093/qmath/11.1.50' },
  ),
  'Nowlan, Hinton (1992), Simplifying neural networks by soft weight-sharing': computation(
    '4/4',
    'neco.1992.4.4.473',
  ),
  'Odena, Dumoulin, Olah (2016), Deconvolution and checkerboard artifacts': article(
    'Distill',
    '1/10',
    { doi: '10.23915/distill.00003' },
  ),
  'Parikh, Boyd (2014), Proximal algorithms': article(
    'Foundations and Trends in Optimization',
    '1/3',
    { doi: '10.1561/2400000003' },
  ),
  'Powers, Størmer (1970), Free states of the canonical anticommutation relations': article(
    'Communications in Mathematical Physics',
    '16/1',
    { doi: '10.1007/BF01645492' },
  ),
  'Scardapane, Comminiello, Hussain, Uncini (2017), Group sparse regularization for deep neural networks':
    article('Neurocomputing', '241', {
      doi: '10.1016/j.neucom.2017.02.029',
      arxiv: '1607.00485',
    }),
  'Schuster, Paliwal (1997), Bidirectional recurrent neural networks': article(
    'IEEE Transactions on Signal Processing',
    '45/11',
    { doi: '10.1109/78.650093' },
  ),
  'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), Dropout: a simple way to prevent neural networks from overfitting':
    article('Journal of Machine Learning Research', '15', {
      url: 'https://jmlr.org/papers/v15/srivastava14a.html',
    }),
  'Tibshirani (1996), Regression shrinkage and selection via the lasso': statistics(
    '58/1',
    'j.2517-6161.1996.tb02080.x',
  ),
  'Vallender (1974), Calculation of the Wasserstein distance between probability distributions on the line':
    article('Theory of Probability and Its Applications', '18/4', { doi: '10.1137/1118101' }),
  'Whitley, Starkweather, Bogart (1990), Genetic algorithms and neural networks: optimizing connections and connectivity':
    article('Parallel Computing', '14/3'),
  'Williams, Peng (1990), An efficient gradient-based algorithm for on-line training of recurrent network trajectories':
    computation('2/4', 'neco.1990.2.4.490'),
  'Xiao, Boyd (2004), Fast linear iterations for distributed averaging': article(
    'Systems and Control Letters',
    '53/1',
    { doi: '10.1016/j.sysconle.2004.02.022' },
  ),
  'Yuan, Lin (2006), Model selection and estimation in regression with grouped variables':
    statistics('68/1', 'j.1467-9868.2005.00532.x'),
}
