"""The playground: a web chat on loopback that needs no account anywhere."""

from adapters.playground.playground import Playground

__all__ = ["Playground"]
