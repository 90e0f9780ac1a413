"""The playground: a web chat on loopback that needs no account anywhere."""

from adapters.playground.adapter import Playground

__all__ = ["Playground"]
