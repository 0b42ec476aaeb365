import type { Entries, Entry } from './entry.ts'

const at =
  (proceedings: string) =>
  (ids: Partial<Entry> = {}): Entry => ({ type: 'inproceedings', in: proceedings, ...ids })

const neurips = at('Advances in Neural Information Processing Systems')
const icml = at('International Conference on Machine Learning')
const iclr = at('International Conference on Learning Representations')
const eccv = at('European Conference on Computer Vision')
const eccvWorkshops = at('European Conference on Computer Vision, Workshops')
const vision = at('IEEE Conference on Computer Vision and Pattern Recognition')
const visionWorkshops = at('IEEE Conference on Computer Vision and Pattern Recognition, Workshops')
const cvpr = (year: number, doi: string, arxiv: string) =>
  vision({ doi: `10.1109/CVPR.${year}.${doi}`, arxiv })

/** What appeared at conferences. */
export const conferences: Entries = {
  'Arjovsky, Bottou (2017), Towards principled methods for training generative adversarial networks':
    iclr({ arxiv: '1701.04862' }),
  'Arjovsky, Chintala, Bottou (2017), Wasserstein generative adversarial networks': icml({
    arxiv: '1701.07875',
  }),
  'Ba, Caruana (2014), Do deep nets really need to be deep?': neurips({ arxiv: '1312.6184' }),
  'Blanchard, El Mhamdi, Guerraoui, Stainer (2017), Machine learning with adversaries: Byzantine tolerant gradient descent':
    neurips({ arxiv: '1703.02757' }),
  'Bonawitz et al. (2017), Practical secure aggregation for privacy-preserving machine learning':
    at('ACM Conference on Computer and Communications Security')({
      doi: '10.1145/3133956.3133982',
    }),
  'Boureau, Ponce, LeCun (2010), A theoretical analysis of feature pooling in visual recognition':
    icml(),
  'Buciluă, Caruana, Niculescu-Mizil (2006), Model compression': at(
    'ACM Conference on Knowledge Discovery and Data Mining',
  )({ doi: '10.1145/1150402.1150464' }),
  'Chellapilla, Puri, Simard (2006), High performance convolutional neural networks for document processing':
    at('International Workshop on Frontiers in Handwriting Recognition')({
      url: 'https://inria.hal.science/inria-00112631',
    }),
  'Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), Learning phrase representations using RNN encoder–decoder for statistical machine translation':
    at('Conference on Empirical Methods in Natural Language Processing')({
      doi: '10.3115/v1/D14-1179',
      arxiv: '1406.1078',
    }),
  'Denton, Zaremba, Bruna, LeCun, Fergus (2014), Exploiting linear structure within convolutional networks for efficient evaluation':
    neurips({ arxiv: '1404.0736' }),
  'Fallah, Mokhtari, Ozdaglar (2020), Personalized federated learning with theoretical guarantees: a model-agnostic meta-learning approach':
    neurips({ arxiv: '2002.07948' }),
  'Finn, Abbeel, Levine (2017), Model-agnostic meta-learning for fast adaptation of deep networks':
    icml({ arxiv: '1703.03400' }),
  'Gidel, Berard, Vignoud, Vincent, Lacoste-Julien (2019), A variational inequality perspective on generative adversarial networks':
    iclr({ arxiv: '1802.10551' }),
  'Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), Generative adversarial nets':
    neurips({ arxiv: '1406.2661' }),
  'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), Improved training of Wasserstein GANs':
    neurips({ arxiv: '1704.00028' }),
  'Han, Mao, Dally (2016), Deep compression: compressing deep neural networks with pruning, trained quantization and Huffman coding':
    iclr({ arxiv: '1510.00149' }),
  'Han, Pool, Tran, Dally (2015), Learning both weights and connections for efficient neural networks':
    neurips({ arxiv: '1506.02626' }),
  'Hassibi, Stork (1993), Second order derivatives for network pruning: Optimal brain surgeon':
    neurips(),
  'He, Zhang, Ren, Sun (2016), Deep residual learning for image recognition': cvpr(
    2016,
    '90',
    '1512.03385',
  ),
  'He, Zhang, Ren, Sun (2016), Identity mappings in deep residual networks': eccv({
    doi: '10.1007/978-3-319-46493-0_38',
    arxiv: '1603.05027',
  }),
  'Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter (2017), GANs trained by a two time-scale update rule converge to a local Nash equilibrium':
    neurips({ arxiv: '1706.08500' }),
  'Ioffe, Szegedy (2015), Batch normalization: accelerating deep network training by reducing internal covariate shift':
    icml({ arxiv: '1502.03167' }),
  'Huang, Liu, van der Maaten, Weinberger (2017), Densely connected convolutional networks': cvpr(
    2017,
    '243',
    '1608.06993',
  ),
  'Jacob et al. (2018), Quantization and training of neural networks for efficient integer-arithmetic-only inference':
    cvpr(2018, '00286', '1712.05877'),
  'Jia et al. (2014), Caffe: convolutional architecture for fast feature embedding': at(
    'ACM International Conference on Multimedia',
  )({ doi: '10.1145/2647868.2654889', arxiv: '1408.5093' }),
  'Kingma, Welling (2014), Auto-encoding variational Bayes': iclr({ arxiv: '1312.6114' }),
  'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks':
    neurips(),
  'Krogh, Vedelsby (1995), Neural network ensembles, cross validation, and active learning':
    neurips(),
  'LeCun, Denker, Solla (1990), Optimal brain damage': neurips(),
  'Li, Jiang, Zhang, Kamp, Dou (2021), FedBN: federated learning on non-IID features via local batch normalization':
    iclr({ arxiv: '2102.07623' }),
  'Li, Sahu, Zaheer, Sanjabi, Talwalkar, Smith (2020), Federated optimization in heterogeneous networks':
    at('Conference on Machine Learning and Systems')({ arxiv: '1812.06127' }),
  'Li, Huang, Yang, Wang, Zhang (2020), On the convergence of FedAvg on non-IID data': iclr({
    arxiv: '1907.02189',
  }),
  'Li, Kadav, Durdanovic, Samet, Graf (2017), Pruning filters for efficient ConvNets': iclr({
    arxiv: '1608.08710',
  }),
  'Lin, Chen, Yan (2014), Network in network': iclr({ arxiv: '1312.4400' }),
  'Long, Shelhamer, Darrell (2015), Fully convolutional networks for semantic segmentation': cvpr(
    2015,
    '7298965',
    '1411.4038',
  ),
  'Maas, Hannun, Ng (2013), Rectifier nonlinearities improve neural network acoustic models': at(
    'ICML Workshop on Deep Learning for Audio, Speech and Language Processing',
  )(),
  'McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), Communication-efficient learning of deep networks from decentralized data':
    at('International Conference on Artificial Intelligence and Statistics')({
      arxiv: '1602.05629',
    }),
  'McMahan, Ramage, Talwar, Zhang (2018), Learning differentially private recurrent language models':
    iclr({ arxiv: '1710.06963' }),
  'Mescheder, Geiger, Nowozin (2018), Which training methods for GANs do actually converge?': icml({
    arxiv: '1801.04406',
  }),
  'Micikevicius et al. (2018), Mixed precision training': iclr({ arxiv: '1710.03740' }),
  'Mozer, Smolensky (1989), Skeletonization: a technique for trimming the fat from a network via relevance assessment':
    neurips(),
  'Neyshabur, Salakhutdinov, Srebro (2015), Path-SGD: path-normalized optimization in deep neural networks':
    neurips({ arxiv: '1506.02617' }),
  'Pascanu, Gulcehre, Cho, Bengio (2014), How to construct deep recurrent neural networks': iclr({
    arxiv: '1312.6026',
  }),
  'Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural networks': icml({
    arxiv: '1211.5063',
  }),
  'Radford, Metz, Chintala (2016), Unsupervised representation learning with deep convolutional generative adversarial networks':
    iclr({ arxiv: '1511.06434' }),
  'Rastegari, Ordonez, Redmon, Farhadi (2016), XNOR-Net: ImageNet classification using binary convolutional neural networks':
    eccv({ doi: '10.1007/978-3-319-46493-0_32', arxiv: '1603.05279' }),
  'Razavian, Azizpour, Sullivan, Carlsson (2014), CNN features off-the-shelf: an astounding baseline for recognition':
    visionWorkshops({ doi: '10.1109/CVPRW.2014.131', arxiv: '1403.6382' }),
  'Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen (2016), Improved techniques for training GANs':
    neurips({ arxiv: '1606.03498' }),
  'Simonyan, Zisserman (2015), Very deep convolutional networks for large-scale image recognition':
    iclr({ arxiv: '1409.1556' }),
  'Stich (2019), Local SGD converges fast and communicates little': iclr({ arxiv: '1805.09767' }),
  'Sun, Saenko (2016), Deep CORAL: correlation alignment for deep domain adaptation': eccvWorkshops(
    { doi: '10.1007/978-3-319-49409-8_35', arxiv: '1607.01719' },
  ),
  'Szegedy et al. (2015), Going deeper with convolutions': cvpr(2015, '7298594', '1409.4842'),
  'Veit, Wilber, Belongie (2016), Residual networks behave like ensembles of relatively shallow networks':
    neurips({ arxiv: '1605.06431' }),
  'Xiao, Boyd, Lall (2005), A scheme for robust distributed sensor fusion based on average consensus':
    at('International Symposium on Information Processing in Sensor Networks')({
      doi: '10.1109/IPSN.2005.1440896',
    }),
  'Yin, Chen, Ramchandran, Bartlett (2018), Byzantine-robust distributed learning: towards optimal statistical rates':
    icml({ arxiv: '1803.01498' }),
  'Yosinski, Clune, Bengio, Lipson (2014), How transferable are features in deep neural networks?':
    neurips({ arxiv: '1411.1792' }),
  'Yurochkin, Agarwal, Ghosh, Greenewald, Hoang, Khazaeni (2019), Bayesian nonparametric federated learning of neural networks':
    icml({ arxiv: '1905.12022' }),
  'Zhang (2019), Making convolutional networks shift-invariant again': icml({
    arxiv: '1904.11486',
  }),
  'Zhang, Zhou, Lin, Sun (2018), ShuffleNet: an extremely efficient convolutional neural network for mobile devices':
    cvpr(2018, '00716', '1707.01083'),
  'Zhu, Liu, Han (2019), Deep leakage from gradients': neurips({ arxiv: '1906.08935' }),
}
