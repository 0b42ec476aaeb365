"""Rounds of Flower in this process: replies of clients, and what a strategy makes of them."""

import logging

import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Message, MetricRecord, RecordDict
from flwr.common import Code, FitRes, Status, ndarrays_to_parameters
from flwr.supercore.task_identity import TaskIdentity

logging.getLogger('flwr').setLevel(logging.ERROR)

# Messages bear the number of who sends them, which a server gives out.
TaskIdentity.run_id = TaskIdentity.node_id = TaskIdentity.task_id = 0


def reply(client, arrays, examples=1):
    """What a client sends back after its training."""
    metrics = MetricRecord({'num-examples': examples, 'client': client})
    content = RecordDict({'arrays': ArrayRecord(arrays), 'metrics': metrics})
    return Message(content, dst_node_id=0, message_type='train')


def evaluated(client, loss, examples):
    """What a client sends back after it tried a model on its own points."""
    content = RecordDict({'metrics': MetricRecord({'num-examples': examples, 'loss': loss})})
    return Message(content, dst_node_id=0, message_type='evaluate')


def after(strategy, *models, examples=None, dtype='float32'):
    """The model after a round, of one array, in which clients reply with these."""
    counts = [1] * len(models) if examples is None else examples
    arrays = [[np.array(model, dtype)] for model in models]
    aggregated, _ = strategy.aggregate_train(1, list(map(reply, range(len(models)), arrays, counts)))
    return aggregated.to_numpy_ndarrays()[0].tolist()


def fitted(model, examples=1):
    """What a client sends back to a strategy of the older interface."""
    parameters = ndarrays_to_parameters([np.array(model)])
    return None, FitRes(Status(Code.OK, ''), parameters, examples, {})


class Nodes:
    """What a server reaches: nodes by their numbers."""

    def __init__(self, count):
        self.count = count

    def get_node_ids(self):
        return range(self.count)


def asked(strategy, count, arrays=None):
    """The messages to those of so many nodes that a strategy has take part in a round."""
    record = ArrayRecord([np.zeros(1)]) if arrays is None else arrays
    return list(strategy.configure_train(1, record, ConfigRecord(), Nodes(count)))
