"""How large a test is: small at each change, and at its full size under `make torture`."""

import pytest

SIZES = (
    pytest.param(False, id="small"),
    pytest.param(True, id="full", marks=pytest.mark.torture),
)
"""For a parameter called ``full``."""
