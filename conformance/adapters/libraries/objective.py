"""The objective of adversarial networks and its losses, as a user writes them with the calls of a library.

`lib` has its arrays `xp`, `sigmoid` and `log_sigmoid`, and where it has such calls of its own,
`cross_entropy_of_logits(logits, targets)` and `ascending(x)`.
"""


def own(lib, function):
    """The call of the library, or what its users compose."""
    return getattr(lib, function.__name__, lambda *given: function(lib, *given))


def discriminator_probability(lib, logits):
    return {'probability': lib.sigmoid(logits), 'complement': lib.sigmoid(-logits)}


def cross_entropy_of_logits(lib, logits, targets):
    """The mean over the samples."""
    losses = targets * lib.log_sigmoid(logits) + (1 - targets) * lib.log_sigmoid(-logits)
    return -losses.mean()


def of_class(lib, target, logits):
    """The log-likelihood of a batch whose samples have one target."""
    targets = target * lib.xp.ones_like(logits)
    return -own(lib, cross_entropy_of_logits)(logits, targets)


def value(lib, real, generated):
    on_real, on_generated = of_class(lib, 1, real), of_class(lib, 0, generated)
    return {'value': on_real + on_generated, 'onReal': on_real, 'onGenerated': on_generated}


def smoothed_value(lib, real, generated, realTarget, generatedTarget):
    return of_class(lib, realTarget, real) + of_class(lib, generatedTarget, generated)


def expected_value(lib, logits, data, generated):
    p, q = share(data), share(generated)
    return (p * lib.log_sigmoid(logits)).sum() + (q * lib.log_sigmoid(-logits)).sum()


def share(weights):
    return weights / weights.sum()


def binary_cross_entropy(lib, logits, targets):
    return own(lib, cross_entropy_of_logits)(logits, targets)


def optimal_discriminator(lib, data, generated):
    p, q = share(data), share(generated)
    probability = lib.xp.where(p + q > 0, p / (p + q), 0.5 * lib.xp.ones_like(p))
    on_data, on_generated = xlogy(lib, p, p / (p + q)), xlogy(lib, q, q / (p + q))
    return {'probability': probability, 'value': (on_data + on_generated).sum()}


def xlogy(lib, x, y):
    """x ln y, and 0 where x is 0."""
    return lib.xp.where(x > 0, x * lib.xp.log(y), lib.xp.zeros_like(x))


def bayes_accuracy(lib, data, generated):
    variation = abs(share(data) - share(generated)).sum() / 2
    return {'accuracy': (1 + variation) / 2, 'variation': variation}


def critic_loss(lib, real, generated):
    estimate = real.mean() - generated.mean()
    return {'estimate': estimate, 'critic': -estimate, 'generator': -generated.mean()}


def ascending(lib, x):
    return lib.xp.sort(x)


def sample_distance(lib, real, generated):
    in_order = own(lib, ascending)
    return abs(in_order(real) - in_order(generated)).mean()


def generator_losses(lib, logits, jacobian):
    losses = {
        'saturating': lambda a: lib.log_sigmoid(-a),
        'nonSaturating': lambda a: -lib.log_sigmoid(a),
    }
    answer, ones = {}, lib.xp.ones_like(logits)
    for name, loss in losses.items():
        (slope,) = lib.pullback(lambda a: (loss(a),), [logits], (ones,))
        gradient = slope @ jacobian / len(logits)
        answer |= {name: loss(logits), name + 'Slope': slope, name + 'Gradient': gradient}
    return answer


# Each with the output that it has, and the inputs that its gradient is asked by.
composed = {
    'gan.discriminatorProbability': (discriminator_probability, None, None),
    'gan.value': (value, 'value', 'real generated'),
    'gan.smoothedValue': (smoothed_value, 'value', 'real generated'),
    'gan.expectedValue': (expected_value, 'value', 'logits'),
    'gan.binaryCrossEntropy': (binary_cross_entropy, 'loss', 'logits'),
    'gan.optimalDiscriminator': (optimal_discriminator, None, None),
    'gan.bayesAccuracy': (bayes_accuracy, None, None),
    'gan.criticLoss': (critic_loss, 'estimate critic generator', 'real generated'),
    'gan.sampleDistance': (sample_distance, 'distance', None),
}

# What has slopes among its outputs, so that a library must differentiate.
differentiated = {'gan.generatorLosses': (generator_losses, None, None)}
