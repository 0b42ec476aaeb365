"""pytorch-fid as it is: the distance that it computes of moments. Its network, which it downloads, takes no part."""

import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pytorch_fid.fid_score import calculate_frechet_distance

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

from touchstone import operation, serve


@operation('gan.frechetDistance')
def frechet_distance(**moments):
    # Its own program keeps features in double precision, and so their moments.
    mean, other, covariance, other_covariance = (np.float64(moments[name]) for name in MOMENTS)
    distance = calculate_frechet_distance(mean, covariance, other, other_covariance)
    # It gives the distance alone, of which the trace of the root is told by the rest.
    means, traces = (mean - other) @ (mean - other), np.trace(covariance + other_covariance)
    return {'distance': np.float32([distance, means, traces, (means + traces - distance) / 2])}


MOMENTS = 'meanReal', 'meanGenerated', 'covarianceReal', 'covarianceGenerated'


serve(
    name='pytorch-fid',
    version=version('pytorch-fid'),
    device='pytorch-fid, CPU',
    versions={'pytorch-fid': version('pytorch-fid'), 'scipy': version('scipy')},
)
