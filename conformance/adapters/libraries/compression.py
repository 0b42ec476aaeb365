"""What a library has for compression: the areas of the chapter, each in a file of its own."""

from functools import partial

import distillation
import lowrank
import pruning
import quantization

composed = {**distillation.composed, **quantization.composed, **pruning.composed}
axes, supports = lowrank.axes, quantization.supports

# What is not composed of others, so that only a library provides it that has a call for it.
alone = ('pruning.byPercentage',)


def provided(lib):
    """Each operation with its function, the one of the library where it has one, its output, its inputs."""
    for identifier, (function, output, by) in {**lowrank.single, **composed}.items():
        name = function.__name__
        if identifier not in alone or hasattr(lib, name):
            yield identifier, getattr(lib, name, partial(function, lib)), output, by
