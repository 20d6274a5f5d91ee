"""MiniLM-L6 put together as a processor runs it fastest, from the weights as they are shipped.

The shipped graph makes 32-bit numbers of its eight-bit weights when it is loaded, and multiplies
those. Here the weights stay bytes, and what they are multiplied with becomes bytes, too: each
piece of a word by its own largest number, but for a few columns that are larger than all others in
every layer and stay what they are (LLM.int8(): T. Dettmers et al., NeurIPS 2022, sections 2 and
3). Attention, GELU and the norms are one step each. Half the time, half the memory, and vectors
that are 0.9998 alike in the mean (decision 49).

Sums of products of bytes are whole numbers, the same on every processor but for those from before
VNNI (2019), whose instruction for one byte with a sign and one without cuts off what is too large
for sixteen bits (ONNX Runtime's page on quantization: U8S8 and U8U8). There the weights are bytes
without a sign, too, 128 higher, which the runtime multiplies as sixteen bits and in full.
What is left is the order of the few sums that are not whole (attention, norms), which the runtime
chooses for each processor: where one lies between two bytes, the vectors of two processors differ,
by less than bytes differ from what they stand for.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto
from onnx.helper import (
    make_graph,
    make_model,
    make_node,
    make_opsetid,
    make_tensor,
    make_tensor_value_info,
)
from onnx.numpy_helper import from_array, to_array

LAYERS = 6
HEADS = 12
WIDTH = 384
"""Numbers in a state."""

LOUD = [99, 223, 63, 157, 338]
"""Columns of the states whose largest numbers, over the example district's messages, are two to
eight times those of the others. As bytes they would leave these a few steps each: ten times the
error."""

_EPSILON = 1e-12

RUNTIMES_OWN = "com.microsoft"
"""The set of steps beyond the standard's that ONNX Runtime documents in ContribOperators.md."""

_RUNTIMES_OWN = frozenset(
    {"MatMulIntegerToFloat", "MultiHeadAttention", "SkipLayerNormalization", "BiasGelu"}
)

_LEAST_GELU = np.float32(-0.17)
"""GELU's minimum is -0.16997: all 256 steps of a byte go to what is above."""

_CPU = Path("/proc/cpuinfo")


def multiplies_signed(cpu: Path = _CPU) -> bool:
    """Whether this processor multiplies bytes with a sign by others and cuts no sum off."""
    if platform.machine() not in {"x86_64", "AMD64", "i686"}:
        return True
    return cpu.is_file() and "vnni" in cpu.read_text(encoding="utf-8", errors="replace")


def rebuilt(shipped: Path, *, longest: int, signed: bool) -> bytes:
    """The model in ``shipped`` as a new graph, for texts of at most ``longest`` pieces.

    In: ``input_ids`` and ``attention_mask`` (1 where a piece is, else 0), int64, texts x pieces.
    Out: ``states``, float32, texts x pieces x 384. ``signed``: the weights' bytes have a sign."""
    made = _Made(_Shipped(shipped), signed=signed)
    made.all_layers(longest)
    fed = [
        make_tensor_value_info(name, TensorProto.INT64, ["texts", "pieces"])
        for name in ("input_ids", "attention_mask")
    ]
    given = make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "pieces", WIDTH])
    graph = make_graph(made.nodes, "minilm", fed, [given], made.constants)
    sets = [make_opsetid("", 17), make_opsetid(RUNTIMES_OWN, 1)]
    found: bytes = make_model(graph, opset_imports=sets, ir_version=10).SerializeToString()
    return found


class _Bytes(NamedTuple):
    """Steps that give rows of bytes (``(rows - zero) * scale`` is meant), and each one's scale."""

    rows: str
    scale: str
    zero: np.uint8
    loud: str = ""
    """The columns that are not in ``rows`` and stay numbers."""


class _Shipped:
    """The shipped file's numbers, by name. A weight is bytes, and a scale for each column."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self.numbers = {one.name: to_array(one) for one in graph.initializer}
        self._weight_of = dict(self._weights(graph.node))

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        return self.numbers[name].astype(np.float32)

    def weight(self, linear: str) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """Of a linear step: bytes, in x out, and the scale of each column of them."""
        name = self._weight_of[f"{linear}.bias"]
        return self.numbers[f"{name}_q"].astype(np.int8), self[f"{name}_scale"].reshape(-1)

    def _weights(self, nodes: Iterable[NodeProto]) -> Iterator[tuple[str, str]]:
        """Each bias with the weight whose product it is added to: only a bias has a name."""
        products = {one.output[0]: one.input[1] for one in nodes if one.op_type == "MatMul"}
        for one in nodes:
            if one.op_type == "Add":
                for bias, product in (one.input, one.input[::-1]):
                    if product in products and bias.endswith(".bias"):
                        yield bias, products[product]


class _Made:
    """A graph in the making; each step gives the name of what comes out of it."""

    def __init__(self, shipped: _Shipped, *, signed: bool) -> None:
        self._shipped, self._signed = shipped, signed
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._row = self._constant(np.array([-1, WIDTH], np.int64))
        self._loud = self._constant(np.array(LOUD, np.int64))
        quiet = np.ones((1, WIDTH), np.float32)
        quiet[0, LOUD] = 0
        self._quiet = self._constant(quiet)
        self._last = self._constant(np.array([-1], np.int64))

    def all_layers(self, longest: int) -> None:
        """From the ids to ``states``."""
        embedded = self._embeddings(longest)
        by_text = self._do("Shape", embedded)
        mask = self._do("Cast", "attention_mask", to=TensorProto.INT32)
        rows = self._do("Reshape", embedded, self._row)
        for layer in range(LAYERS):
            name = f"inner.encoder.layer.{layer}"
            heard = self._attention(f"{name}.attention", rows, by_text, mask)
            rows = self._feed_forward(name, heard)
        self.nodes.append(make_node("Reshape", [rows, by_text], ["states"]))

    def _embeddings(self, longest: int) -> str:
        """Of each piece the row of its word, from bytes, and the row of its place."""
        of = "inner.embeddings"
        words = f"{of}.word_embeddings.weight"
        bytes_, scales = (
            self._do("Gather", self._constant(self._shipped.numbers[words + kind]), "input_ids")
            for kind in ("_q", "_scale")
        )
        word = self._do("Mul", self._do("Cast", bytes_, to=TensorProto.FLOAT), scales)
        places = f"{of}.position_embeddings.weight"
        place = self._shipped[f"{places}_q"] * self._shipped[f"{places}_scale"]
        place += self._shipped[f"{of}.token_type_embeddings.weight"][0]
        width = self._do("Shape", "input_ids", start=1, end=2)
        begin = self._constant(np.array([0], np.int64))
        there = self._do("Slice", self._constant(place[:longest]), begin, width)
        return self._do(
            "LayerNormalization",
            self._do("Add", word, there),
            *self._norm(of),
            epsilon=_EPSILON,
        )

    def _attention(self, of: str, rows: str, by_text: str, mask: str) -> str:
        asked = [f"{of}.self.{kind}" for kind in ("query", "key", "value")]
        found = self._product(asked, self._states_as_bytes(rows))
        parts = self._parts(found, len(asked))
        heads = [self._do("Reshape", part, by_text) for part in parts]
        biases = np.concatenate([self._shipped[f"{linear}.bias"] for linear in asked])
        heard = self._do(
            "MultiHeadAttention", *heads, self._constant(biases), mask, num_heads=HEADS
        )
        given = self._as_bytes(self._do("Reshape", heard, self._row))
        bias = self._shipped[f"{of}.output.dense.bias"]
        return self._added(f"{of}.output", self._product([f"{of}.output.dense"], given), rows, bias)

    def _feed_forward(self, of: str, rows: str) -> str:
        wide = self._product([f"{of}.intermediate.dense"], self._states_as_bytes(rows))
        bias = self._constant(self._shipped[f"{of}.intermediate.dense.bias"])
        above = self._do("Sub", self._do("BiasGelu", wide, bias), self._constant(_LEAST_GELU))
        narrow = self._product_of_parts(f"{of}.output.dense", above)
        weight, scales = self._shipped.weight(f"{of}.output.dense")
        # What was lifted above nothing comes down again with the bias.
        lifted = -_LEAST_GELU * weight.sum(axis=0, dtype=np.int64) * scales
        bias_down = (self._shipped[f"{of}.output.dense.bias"] - lifted).astype(np.float32)
        return self._added(f"{of}.output", narrow, rows, bias_down)

    def _product_of_parts(self, linear: str, rows: str) -> str:
        """Rows that are several states wide, each part of a state's width by its own largest
        number: closer, and no sum is larger than 32-bit numbers count one by one."""
        weight, scales = self._shipped.weight(linear)
        parts = len(weight) // WIDTH
        given = self._as_bytes(self._do("Reshape", rows, self._row), signed=False)
        found = [
            self._multiplied(_Bytes(part, scale, given.zero), own, scales)
            for part, scale, own in zip(
                self._split(given.rows, parts, of=WIDTH),
                self._split(given.scale, parts, of=1),
                np.split(weight, parts),
                strict=True,
            )
        ]
        return self._do("Sum", *found)

    def _split(self, rows: str, parts: int, *, of: int) -> list[str]:
        """Each ``parts`` rows stood side by side: the first of them, the second and so on."""
        wide = self._constant(np.array([-1, parts * of], np.int64))
        return self._parts(self._do("Reshape", rows, wide), parts)

    def _parts(self, rows: str, parts: int) -> list[str]:
        """Columns in so many parts of the same width."""
        names = [f"Split_{len(self.nodes)}_{at}" for at in range(parts)]
        self.nodes.append(make_node("Split", [rows], names, axis=1))
        return names

    def _states_as_bytes(self, rows: str) -> _Bytes:
        """Rows of states, without the loud columns, which are kept beside them."""
        loud = self._do("Gather", rows, self._loud, axis=1)
        return self._as_bytes(self._do("Mul", rows, self._quiet))._replace(loud=loud)

    def _as_bytes(self, rows: str, *, signed: bool = True) -> _Bytes:
        """Each row as bytes, by its own largest number. ``signed``: 0 becomes 128."""
        most = self._do("Abs", rows) if signed else rows
        largest = self._do("ReduceMax", most, axes=[-1], keepdims=0)
        steps = np.array([1 / 127 if signed else 1 / 255], np.float32)
        scale = self._do("Mul", largest, self._constant(steps))
        zero = np.uint8(128 if signed else 0)
        zeros = self._do(
            "ConstantOfShape",
            self._do("Shape", scale),
            value=make_tensor("zero", TensorProto.UINT8, [1], [int(zero)]),
        )
        found = self._do("QuantizeLinear", rows, scale, zeros, axis=0)
        return _Bytes(found, self._do("Unsqueeze", scale, self._last), zero)

    def _product(self, linears: Sequence[str], given: _Bytes) -> str:
        """Rows through linear steps, without their biases: what each gives beside the others."""
        weights, all_scales = zip(*map(self._shipped.weight, linears), strict=True)
        weight, scales = np.concatenate(weights, axis=1), np.concatenate(all_scales)
        found = self._multiplied(given, weight, scales)
        if not given.loud:
            return found
        return self._do("Gemm", given.loud, self._constant(weight[LOUD] * scales), found)

    def _multiplied(
        self, given: _Bytes, weight: NDArray[np.integer], scales: NDArray[np.float32]
    ) -> str:
        nothing: np.generic = np.int8(0)
        if not self._signed:
            weight, nothing = (weight.astype(np.int16) + 128).astype(np.uint8), np.uint8(128)
        raw = self._do(
            "MatMulIntegerToFloat",
            given.rows,
            self._constant(weight),
            self._constant(np.float32(1)),
            self._constant(scales),
            self._constant(given.zero),
            self._constant(nothing),
        )
        return self._do("Mul", raw, given.scale)

    def _added(self, of: str, found: str, to: str, bias: NDArray[np.float32]) -> str:
        """What a part of a layer found, added to what it was given, and brought to one size."""
        norm = self._norm(of)
        kept = self._constant(bias)
        return self._do("SkipLayerNormalization", found, to, *norm, kept, epsilon=_EPSILON)

    def _norm(self, of: str) -> list[str]:
        return [
            self._constant(self._shipped[f"{of}.LayerNorm.{kind}"]) for kind in ("weight", "bias")
        ]

    def _constant(self, value: NDArray[np.generic] | np.generic) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(from_array(np.asarray(value), name))
        return name

    def _do(self, kind: str, *given: str, **how: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        domain = RUNTIMES_OWN if kind in _RUNTIMES_OWN else None
        self.nodes.append(make_node(kind, list(given), [name], domain=domain, **how))
        return name
