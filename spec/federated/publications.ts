/** The publications that the clauses on federated learning rest on. */
export const fedAvg = {
  title:
    'McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), Communication-efficient learning of deep networks from decentralized data',
} as const
export const nonIid = {
  title: 'Li, Huang, Yang, Wang, Zhang (2020), On the convergence of FedAvg on non-IID data',
} as const
export const blanchard = {
  title:
    'Blanchard, El Mhamdi, Guerraoui, Stainer (2017), Machine learning with adversaries: Byzantine tolerant gradient descent',
} as const
export const yin = {
  title:
    'Yin, Chen, Ramchandran, Bartlett (2018), Byzantine-robust distributed learning: towards optimal statistical rates',
} as const
export const donoho = {
  title: 'Donoho, Huber (1983), The notion of breakdown point',
} as const
export const bonawitz = {
  title:
    'Bonawitz et al. (2017), Practical secure aggregation for privacy-preserving machine learning',
} as const
export const privateModels = {
  title:
    'McMahan, Ramage, Talwar, Zhang (2018), Learning differentially private recurrent language models',
} as const
export const boydXiao = {
  title: 'Xiao, Boyd (2004), Fast linear iterations for distributed averaging',
} as const
export const boydXiaoLall = {
  title:
    'Xiao, Boyd, Lall (2005), A scheme for robust distributed sensor fusion based on average consensus',
} as const
export const localSgd = {
  title: 'Stich (2019), Local SGD converges fast and communicates little',
} as const
export const hanzely = {
  title: 'Hanzely, Richtárik (2020), Federated learning of a mixture of global and local models',
} as const
export const fallah = {
  title:
    'Fallah, Mokhtari, Ozdaglar (2020), Personalized federated learning with theoretical guarantees: a model-agnostic meta-learning approach',
} as const
export const finn = {
  title:
    'Finn, Abbeel, Levine (2017), Model-agnostic meta-learning for fast adaptation of deep networks',
} as const
export const kairouz = {
  title: 'Kairouz, McMahan et al. (2021), Advances and open problems in federated learning',
} as const
export const yurochkin = {
  title:
    'Yurochkin, Agarwal, Ghosh, Greenewald, Hoang, Khazaeni (2019), Bayesian nonparametric federated learning of neural networks',
} as const
export const geman = {
  title: 'Geman, Bienenstock, Doursat (1992), Neural networks and the bias/variance dilemma',
} as const
export const hechtNielsen = {
  title: 'Hecht-Nielsen (1990), On the algebraic structure of feedforward network weight spaces',
} as const
export const zhu = {
  title: 'Zhu, Liu, Han (2019), Deep leakage from gradients',
} as const
export const chan = {
  title:
    'Chan, Golub, LeVeque (1979), Updating formulae and a pairwise algorithm for computing sample variances',
} as const
export const fedBn = {
  title:
    'Li, Jiang, Zhang, Kamp, Dou (2021), FedBN: federated learning on non-IID features via local batch normalization',
} as const
export const clauset = {
  title: 'Clauset, Shalizi, Newman (2009), Power-law distributions in empirical data',
} as const
export const fedProx = {
  title:
    'Li, Sahu, Zaheer, Sanjabi, Talwalkar, Smith (2020), Federated optimization in heterogeneous networks',
} as const
export const numpyPareto = { title: 'NumPy, documentation of random.Generator.pareto' } as const
