"""Flower as it is: its strategies aggregate what clients reply, in this process, without a network."""

import sys
from pathlib import Path

import flwr
import numpy as np
from flwr.app import ArrayRecord, MetricRecord
from flwr.serverapp.strategy import (
    DifferentialPrivacyServerSideFixedClipping,
    FedAvg,
    FedMedian,
    FedTrimmedAvg,
    MultiKrum,
)
from flwr.supercore.differential_privacy import get_norm

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

from flower_rounds import asked, evaluated, reply
from touchstone import Unsupported, operation, serve


def replies(w, b):
    """One of each client, all with as many examples."""
    return [reply(client, list(arrays)) for client, arrays in enumerate(zip(w, b, strict=True))]


def aggregated(strategy, messages):
    arrays, _ = strategy.aggregate_train(1, messages)
    return dict(zip('wb', arrays.to_numpy_ndarrays()))


@operation('federated.aggregate')
def aggregate(w, b, counts):
    clients = zip(range(len(w)), zip(w, b, strict=True), counts.tolist(), strict=True)
    return aggregated(FedAvg(), [reply(client, list(model), n) for client, model, n in clients])


def outputs(w, b, x, loss):
    """What a model gives for points: shares by a softmax, or numbers."""
    z = x @ w + b
    if loss == 'squares':
        return z
    shares = np.exp(z - z.max(1, keepdims=True))
    return shares / shares.sum(1, keepdims=True)


def trained(w, b, x, y, batches, rate, loss):
    """Local steps of a client of Flower, which are its own code: here with NumPy."""
    for batch in batches.astype(int) % len(x):
        z = outputs(w, b, x[batch], loss)
        error = (z * y[batch].sum(1, keepdims=True) if loss == 'logistic' else z) - y[batch]
        step = np.float32(rate) / np.float32(len(batch))
        w, b = w - step * (x[batch].T @ error), b - step * error.sum(0)
    return w, b


@operation('federated.fedAvg')
def fed_avg(w, b, x, y, counts, participants, batches, clients, points, rate, loss):
    strategy = FedAvg(min_train_nodes=1, min_available_nodes=1)
    arrays = ArrayRecord([w, b])
    rounds = []
    for own, drawn in zip(participants.astype(int), batches, strict=True):
        n = counts[own].astype(int)
        if not n.any():
            raise Unsupported('a round in which no client has a point')
        sent, replies = [None] * len(own), []
        # All nodes take part, each for one place of the round. Flower draws their order; as they are sorted they
        # reply, so that the same question has the same answer to the bit.
        messages = asked(strategy, len(own), arrays)
        for message in sorted(messages, key=lambda message: message.metadata.dst_node_id):
            m = message.metadata.dst_node_id
            k = own[m]
            start = message.content['arrays'].to_numpy_ndarrays()
            data = x[k, : n[m]], y[k, : n[m]], drawn[m]
            sent[m] = trained(*start, *data, rate, loss) if n[m] else start
            replies.append(reply(m, list(sent[m]), int(n[m])))
        arrays, _ = strategy.aggregate_train(1, replies)
        rounds.append((*arrays.to_numpy_ndarrays(), *map(np.stack, zip(*sent))))
    return dict(zip(('w', 'b', 'clientW', 'clientB'), map(np.stack, zip(*rounds))))


def mean_loss(w, b, x, y, loss):
    """What a client of Flower says of a model, which is its own code, too."""
    if len(x) == 0:
        return 0.0
    z = x @ w + b
    if loss == 'squares':
        return float(((z - y) ** 2).sum(1).mean() / 2)
    z = z - z.max(1, keepdims=True)
    return float((y * (np.log(np.exp(z).sum(1, keepdims=True)) - z)).sum(1).mean())


@operation('federated.objective')
def objective(w, b, x, y, counts, clients, points, loss):
    own = [mean_loss(w, b, x[k, :n], y[k, :n], loss) for k, n in enumerate(counts.astype(int))]
    replies = [evaluated(k, of_k, int(n)) for k, (of_k, n) in enumerate(zip(own, counts))]
    metrics = FedAvg().aggregate_evaluate(1, replies)
    return {'clientLosses': np.float32(own), 'loss': np.float32(metrics['loss'])}


@operation('federated.medianAggregate')
def median(w, b):
    return aggregated(FedMedian(), replies(w, b))


@operation('federated.trimmedMean')
def trimmed_mean(w, b, trim):
    return aggregated(FedTrimmedAvg(beta=trim / len(w)), replies(w, b))


@operation('federated.krum')
def krum(w, b, attackers, kept):
    chosen = np.zeros(len(w), np.float32)

    def look(contents, _):
        """Metrics are asked of those alone whose models are kept."""
        for content in contents:
            chosen[content['metrics']['client']] = 1
        return MetricRecord()

    strategy = MultiKrum(
        num_malicious_nodes=attackers, num_nodes_to_select=kept, train_metrics_aggr_fn=look
    )
    return {**aggregated(strategy, replies(w, b)), 'chosen': chosen}


@operation('federated.clipUpdates')
def clip_updates(w, b, bound):
    strategy = DifferentialPrivacyServerSideFixedClipping(FedAvg(), 0, bound, len(w))
    # From a model of zeros, what clients send is their update.
    strategy.current_arrays = ArrayRecord([np.zeros_like(w[0]), np.zeros_like(b[0])])
    messages = replies(w, b)
    strategy.aggregate_train(1, messages)
    clipped = [message.content['arrays'].to_numpy_ndarrays() for message in messages]
    each = zip(('w', 'b'), map(np.stack, zip(*clipped)))
    return {**dict(each), 'norms': np.float32([get_norm(model) for model in zip(w, b)])}


serve(
    name='flower',
    version=flwr.__version__,
    device='Flower, CPU',
    versions={'flwr': flwr.__version__},
    unchecked={
        'federated.fedAvg': 'what clients do is their own code, and Flower sees their models alone',
        'federated.objective': 'what clients do is their own code, and Flower sees their losses alone',
    },
    stateless={'federated.krum': 'Flower keeps the scores of Krum to itself'},
)
