"""NVIDIA FLARE as it is: its helper adds up what clients send, in this process, without a server or a network."""

import sys
from importlib.metadata import version
from pathlib import Path

from nvflare.app_common.aggregators.weighted_aggregation_helper import WeightedAggregationHelper

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

from touchstone import operation, serve


@operation('federated.aggregate')
def aggregate(w, b, counts):
    helper = WeightedAggregationHelper()
    for client, (weights, biases, n) in enumerate(zip(w, b, counts.tolist(), strict=True)):
        helper.add({'w': weights, 'b': biases}, n, f'client {client}', 0)
    return helper.get_result()


serve(
    name='nvflare',
    version=version('nvflare'),
    device='NVIDIA FLARE, CPU',
    versions={name: version(name) for name in ('nvflare', 'numpy')},
)
