"""What a library has for models of clients: each call takes one array of all of them.

`lib` may have `weighted_mean(models, counts)` and `median(models)`.
"""


def aggregate(lib, w, b, counts):
    return {'w': lib.weighted_mean(w, counts), 'b': lib.weighted_mean(b, counts)}


def median_aggregate(lib, w, b):
    return {'w': lib.median(w), 'b': lib.median(b)}


# Each with the call that it needs.
composed = {
    'federated.aggregate': (aggregate, 'weighted_mean'),
    'federated.medianAggregate': (median_aggregate, 'median'),
}
