"""Where a request comes from, as far as limits count it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Network = tuple[str, int]
"""A network, and how many times as much as one connection it may ask for."""

_IPV6 = ((64, 1), (56, 1), (48, 2))
"""A connection gets a /64 at least, and so its choice of 2^64 addresses; a home is given a /56, and
whoever asks for more a /48 (RFC 6177, section 2). With a home's 256 times /64 it is still one
home."""

_IPV4 = ((32, 1), (24, 2))
"""An address, and the smallest block of IPv4 that is routed on the internet by itself."""


def this_machine(host: str) -> bool:
    """Whether an address is the loopback's."""
    address = _address(host)
    return address is not None and address.is_loopback


def network_of(host: str) -> str:
    """What one connection to the internet is seen by: an IPv4 address, or the /64 of an IPv6 one.
    What is no address is given back as it is."""
    return networks_of(host)[0][0]


def networks_of(host: str) -> tuple[Network, ...]:
    """The networks that a connection is in, from ``network_of`` outwards, each with its share."""
    address = _address(host)
    if address is None:
        return ((host, 1),)
    sizes = _IPV6 if isinstance(address, IPv6Address) else _IPV4
    around = ((ip_network(f"{address}/{bits}", strict=False), times) for bits, times in sizes)
    return tuple((str(network).removesuffix("/32"), times) for network, times in around)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address that is written as an IPv6 one is read as what it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
