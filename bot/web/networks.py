"""Where a request comes from, as far as limits count it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

_HOST_BITS = 64
"""Of an IPv6 address: a connection gets a /64 at least, and so its choice of 2^64 addresses
(RFC 6177)."""


def this_machine(host: str) -> bool:
    """Whether an address is the loopback's."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def network_of(host: str) -> str:
    """What one connection to the internet is seen by: an IPv4 address, or the /64 of an IPv6 one.
    What is no address is given back as it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS)}/{_HOST_BITS}"
