"""SciPy as it is: special functions, distances of distributions, and roots of matrices."""

import sys
from pathlib import Path

import numpy as np
import numpy as xp
import scipy
from scipy.linalg import sqrtm
from scipy.spatial.distance import jensenshannon
from scipy.special import expit as sigmoid, log_expit as log_sigmoid, log_softmax, logsumexp, softmax
from scipy.stats import binomtest, wasserstein_distance

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import objective
from touchstone import operation, serve

lib = sys.modules[__name__]


@operation('gan.discriminatorProbability')
def probability(logits):
    return objective.discriminator_probability(lib, logits)


@operation('gan.value')
def value(real, generated):
    return objective.value(lib, real, generated)


@operation('gan.expectedValue')
def expected_value(logits, data, generated):
    return {'value': objective.expected_value(lib, logits, data, generated)}


@operation('gan.jensenShannon')
def divergence(data, generated):
    return {'divergence': jensenshannon(data, generated) ** 2}


@operation('gan.sampleDistance')
def sample_distance(real, generated):
    return {'distance': np.float32(wasserstein_distance(real, generated))}


@operation('gan.lineDistance')
def line_distance(places, data, generatedPlaces, generated):
    return {'distance': np.float32(wasserstein_distance(places, generatedPlaces, data, generated))}


@operation('gan.frechetDistance')
def frechet_distance(**moments):
    # Moments are of double precision, as numpy.cov gives them of single features, too.
    return {'distance': of_moments(*map(np.float64, (moments[name] for name in MOMENTS)))}


MOMENTS = 'meanReal', 'meanGenerated', 'covarianceReal', 'covarianceGenerated'


def of_moments(mean, other_mean, covariance, other_covariance):
    apart = mean - other_mean
    means, traces = apart @ apart, np.trace(covariance) + np.trace(other_covariance)
    shared = np.trace(sqrtm(covariance @ other_covariance)).real
    return np.float32([means + traces - 2 * shared, means, traces, shared])


@operation('gan.featureFrechetDistance')
def feature_distance(real, generated, divisor):
    sets = real, generated
    means = [features.mean(0) for features in sets]
    covariances = [np.cov(features, rowvar=False, bias=divisor == 'N') for features in sets]
    return {'distance': of_moments(*means, *map(np.atleast_2d, covariances))}


@operation('gan.binomialTest')
def binomial_test(right, trials):
    def odds(alternative):
        tests = [binomtest(int(r), trials, alternative=alternative) for r in right]
        return np.float32([test.pvalue for test in tests])

    return {'oneSided': odds('greater'), 'twoSided': odds('two-sided')}


@operation('distillation.softmax')
def tempered_softmax(z, temperature):
    return {'y': softmax(z / temperature, axis=1)}


@operation('distillation.logSoftmax')
def tempered_log_softmax(z, temperature):
    return {'y': log_softmax(z / temperature, axis=1)}


@operation('distillation.logSumExp')
def log_sum_exp(z, temperature):
    return {'y': temperature * logsumexp(z / temperature, axis=1)}


composed = (
    'gan.value gan.expectedValue gan.discriminatorProbability gan.frechetDistance gan.featureFrechetDistance'
    ' gan.binomialTest distillation.softmax distillation.logSoftmax distillation.logSumExp'
)
serve(
    name='scipy',
    version=scipy.__version__,
    device='SciPy, CPU',
    versions={'scipy': scipy.__version__, 'numpy': np.__version__},
    unchecked=dict.fromkeys(
        composed.split(),
        'SciPy has no call for it, and the calls that it is composed of see only their parts',
    ),
)
