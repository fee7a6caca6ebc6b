"""What packages above demand of a voucher before it stands on the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiyin.economy.books.values import NewVoucher

Gate = Callable[[Sequence[NewVoucher]], None]
_GATES: list[Gate] = []


def register_voucher_gate(gate: Gate) -> None:
    """Have `gate` look at vouchers before they are posted, by whichever way; it raises the `Refusal`.

    Called when the application of the package is ready; twice is once.
    """
    if gate not in _GATES:
        _GATES.append(gate)


def pass_gates(vouchers: Sequence[NewVoucher]) -> None:
    """Ask every gate."""
    for gate in _GATES:
        gate(vouchers)
