"""Adversarial training as a user of PyTorch writes it: modules, optimizers, cross-entropy from logits."""

import torch
from torch import nn
from torch.nn.functional import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits as cross_entropy_of_logits,
    logsigmoid as log_sigmoid,
)

from touchstone import Unsupported


def ascending(x):
    return x.sort().values


class Adversaries:
    """Both networks and an optimizer for each."""

    def __init__(self, rate, **weights):
        generator, discriminator = of(weights, 'generator'), of(weights, 'discriminator')
        self.generator = two_layers(nn.Tanh(), *generator)
        self.discriminator = two_layers(nn.LeakyReLU(0.2), *discriminator)
        self.of_generator = torch.optim.SGD(self.generator.parameters(), lr=rate)
        self.of_discriminator = torch.optim.SGD(self.discriminator.parameters(), lr=rate)

    def ascend_discriminator(self, samples, noise):
        self.of_discriminator.zero_grad()
        with torch.no_grad():
            generated = self.generator(noise)
        real, fake = self.discriminator(samples), self.discriminator(generated)
        loss = binary_cross_entropy_with_logits(real, torch.ones_like(real))
        loss = loss + binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        loss.backward()
        self.of_discriminator.step()

    def ascend_generator(self, noise, loss):
        self.of_generator.zero_grad()
        fake = self.discriminator(self.generator(noise))
        if loss == 'saturating':
            cost = -binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        elif loss == 'non-saturating':
            cost = binary_cross_entropy_with_logits(fake, torch.ones_like(fake))
        else:
            raise Unsupported(f'a loss {loss}')
        cost.backward()
        self.of_generator.step()

    def weights(self, player):
        first, _, last = getattr(self, player)
        hidden, output = first.weight.T, last.weight.T
        bias = last.bias
        if player == 'discriminator':
            output, bias = output[:, 0], bias[0]
        arrays = (hidden, first.bias, output, bias)
        return {player + part: array.detach().clone() for part, array in zip(PARTS, arrays)}


PARTS = ('Hidden', 'HiddenBias', 'Output', 'OutputBias')


def of(weights, player):
    return [weights[player + part] for part in PARTS]


def two_layers(activation, hidden, hidden_bias, output, output_bias):
    output, output_bias = output.reshape(len(output), -1), output_bias.reshape(-1)
    layers = [nn.Linear(*hidden.shape), activation, nn.Linear(*output.shape)]
    with torch.no_grad():
        for layer, weight, bias in ((layers[0], hidden, hidden_bias), (layers[2], output, output_bias)):
            layer.weight.copy_(weight.T)
            layer.bias.copy_(bias)
    return nn.Sequential(*layers)


def stacked(states):
    return {name: torch.stack([state[name] for state in states]) for name in states[0]}


def ascend_discriminator(samples, noise, rate, **weights):
    adversaries, states = Adversaries(rate, **weights), []
    for batch, draws in zip(samples, noise):
        adversaries.ascend_discriminator(batch, draws)
        states.append(adversaries.weights('discriminator'))
    return {**stacked(states), **adversaries.weights('generator')}


def ascend_generator(noise, rate, loss, **weights):
    adversaries = Adversaries(rate, **weights)
    adversaries.ascend_generator(noise, loss)
    return {**adversaries.weights('generator'), **adversaries.weights('discriminator')}


def train_adversaries(samples, noise, rate, loss, **weights):
    adversaries, states = Adversaries(rate, **weights), []
    for batches, draws in zip(samples, noise):
        for batch, of_batch in zip(batches, draws):
            adversaries.ascend_discriminator(batch, of_batch)
        adversaries.ascend_generator(draws[-1], loss)
        states.append({**adversaries.weights('generator'), **adversaries.weights('discriminator')})
    return stacked(states)
