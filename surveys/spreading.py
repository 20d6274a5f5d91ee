"""What somebody believes of each group who knows some sums of their answers, and no more."""

from __future__ import annotations

from collections.abc import Sequence


def fitted(
    people: Sequence[int],
    whole: Sequence[int],
    tables: Sequence[Sequence[tuple[Sequence[int], Sequence[int]]]],
    rounds: int = 60,
) -> list[list[float]]:
    """The shares of each answer in each of the finest groups, spread as evenly as known sums allow.

    ``people`` counts each group; ``whole`` the answers of all of them together; each table has
    disjoint blocks: the groups in it, and the counts of each answer in the block. Iterative
    proportional fitting of the likeliest table with these sums (W. E. Deming, F. F. Stephan, "On a
    least squares adjustment of a sampled frequency table", Annals of Mathematical Statistics 11
    (1940) 427-444; it minimises the Kullback-Leibler distance from the whole's shares).
    """
    import numpy as np  # not at import: most processes never close a survey

    n = np.array(people, dtype=float)
    held = np.outer(n, np.array(whole, dtype=float) / max(sum(whole), 1))
    everybody = [(list(range(len(people))), whole)]
    steps = []
    for blocks in [everybody, *tables]:
        of = np.full(len(people), -1)
        for number, (members, _) in enumerate(blocks):
            of[list(members)] = number
        counts = np.array([known for _, known in blocks], dtype=float)
        steps.append((of, counts, of >= 0))
    for _ in range(rounds):
        before = held.copy()
        for of, counts, inside in steps:
            sums = np.zeros_like(counts)
            np.add.at(sums, of[inside], held[inside])
            factors = np.divide(counts, sums, out=np.zeros_like(counts), where=sums > 0)
            held[inside] *= factors[of[inside]]
            total = held.sum(axis=1)
            held *= np.divide(n, total, out=np.zeros_like(n), where=total > 0)[:, None]
        if float(np.abs(held - before).max(initial=0.0)) < 1e-3:
            break
    shares = held / np.maximum(held.sum(axis=1), 1e-9)[:, None]
    return [[float(share) for share in row] for row in shares]
