"""OpenFL as it is: its functions aggregate what collaborators send, in this process, without a federation."""

import sys
from importlib.metadata import version
from pathlib import Path

from openfl.interface.aggregation_functions import Median, WeightedAverage
from openfl.utilities import LocalTensor

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

from touchstone import operation, serve


def aggregated(function, counts, **models):
    """Each array of a model by itself, as its aggregator has them."""
    return {
        name: function.call([LocalTensor(str(k), *sent) for k, sent in enumerate(zip(of_all, counts))])
        for name, of_all in models.items()
    }


@operation('federated.aggregate')
def aggregate(w, b, counts):
    return aggregated(WeightedAverage(), counts.tolist(), w=w, b=b)


@operation('federated.medianAggregate')
def median(w, b):
    return aggregated(Median(), [1] * len(w), w=w, b=b)


serve(
    name='openfl',
    version=version('openfl'),
    device='OpenFL, CPU',
    versions={name: version(name) for name in ('openfl', 'numpy')},
)
