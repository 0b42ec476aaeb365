"""Generators and discriminators, as a user writes them with the arrays of a library.

`lib` has `xp` with `tanh`, `leaky_relu(x, slope)` and `log_sigmoid(x)`. What trains by itself has
`ascend_discriminator`, `ascend_generator` and `train_adversaries`; see `pytorch_adversarial.py`.
"""

from networks import chosen

GENERATOR = 'generatorHidden generatorHiddenBias generatorOutput generatorOutputBias'


def generate(lib, noise, generatorHidden, generatorHiddenBias, generatorOutput, generatorOutputBias):
    hidden = lib.xp.tanh(noise @ generatorHidden + generatorHiddenBias)
    return hidden @ generatorOutput + generatorOutputBias


def logits_of(
    lib,
    x,
    discriminatorHidden,
    discriminatorHiddenBias,
    discriminatorOutput,
    discriminatorOutputBias,
):
    hidden = lib.leaky_relu(x @ discriminatorHidden + discriminatorHiddenBias, 0.2)
    return hidden @ discriminatorOutput + discriminatorOutputBias


def generator_objective(lib, noise, loss, **networks):
    generator = {name: networks.pop(name) for name in GENERATOR.split()}
    logits = logits_of(lib, generate(lib, noise, **generator), **networks)
    saturating, other = -lib.log_sigmoid(-logits).mean(), lib.log_sigmoid(logits).mean()
    return chosen(loss, **{'saturating': saturating, 'non-saturating': other})


# Each with the output that it has, or is differentiated by, and the inputs that its gradient is asked by.
composed = {
    'gan.generate': (generate, 'x', None),
    'gan.generatorObjective': (generator_objective, 'objective', GENERATOR),
}

# Each with the call of the library that takes it, with optimizers and losses of its own.
trained = {
    'gan.discriminatorSteps': 'ascend_discriminator',
    'gan.generatorStep': 'ascend_generator',
    'gan.alternate': 'train_adversaries',
}
