"""TorchMetrics as it is, with a network that gives the features that it gets, so that nothing is downloaded."""

import sys
from importlib.metadata import version
from pathlib import Path

import torch
from torchmetrics.image.fid import FrechetInceptionDistance
from torchmetrics.image.inception import InceptionScore

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

from touchstone import Unsupported, operation, serve

torch.set_num_threads(1)


class Unchanged(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.num_features = features

    def forward(self, x):
        return x


@operation('gan.featureFrechetDistance', supports={'parameters': {'divisor': 'N - 1'}})
def feature_distance(real, generated, divisor):
    metric = FrechetInceptionDistance(feature=Unchanged(real.shape[1]))
    metric.update(real, real=True)
    metric.update(generated, real=False)
    # It gives the distance alone; what that is made of is added here.
    return {'distance': torch.stack([metric.compute(), *parts(real.double(), generated.double())])}


def parts(real, generated):
    apart = real.mean(0) - generated.mean(0)
    R, G = ((x - x.mean(0)) / (len(x) - 1) ** 0.5 for x in (real, generated))
    traces = (R * R).sum() + (G * G).sum()
    return (part.float() for part in (apart @ apart, traces, torch.linalg.svdvals(R @ G.T).sum()))


# It shuffles the samples before it splits them.
@operation('gan.inceptionScore', supports={'parameters': {'splits': 1}})
def inception_score(probabilities, splits):
    if not (probabilities > 0).all():
        raise Unsupported('a probability of 0, which no finite score has')
    metric = InceptionScore(feature=Unchanged(probabilities.shape[1]), splits=splits)
    metric.update(probabilities.log())
    mean, spread = metric.compute()
    # The spread divides by one less than the number of splits, and is NaN of one; here it is 0.
    return {'scores': mean[None], 'score': torch.stack([mean, spread.nan_to_num(0)])}


serve(
    name='torchmetrics',
    version=version('torchmetrics'),
    device='TorchMetrics, CPU',
    arrays='torch:cpu',
    reproducible='within-bound',
    unchecked=dict.fromkeys(
        ('gan.featureFrechetDistance', 'gan.inceptionScore'),
        'the network, which is ours here, is what sees the samples',
    ),
    versions={name: version(name) for name in ('torchmetrics', 'torch')},
)
