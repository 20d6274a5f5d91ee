"""Where a request comes from, as far as limits count it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

Network = tuple[str, int]
"""A network, and how many times as much as one connection it may ask for."""

_IPV6 = ((56, 1), (48, 2))
"""Beside the /64 of a connection: a home is given a /56, and whoever asks for more a /48 (RFC 6177,
section 2). With a home's 256 times /64 it is still one home."""

_IPV4 = (24, 2)
"""The smallest block of IPv4 that is routed on the internet by itself."""

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


def networks_of(host: str) -> tuple[Network, ...]:
    """The networks that a connection is in, from ``network_of`` outwards, each with its share."""
    smallest = network_of(host)
    try:
        address = ip_address(host)
    except ValueError:
        return ((smallest, 1),)
    address = getattr(address, "ipv4_mapped", None) or address
    wider = _IPV6 if isinstance(address, IPv6Address) else (_IPV4,)
    around = ((ip_network(f"{address}/{bits}", strict=False), times) for bits, times in wider)
    return ((smallest, 1), *((str(network), times) for network, times in around))
