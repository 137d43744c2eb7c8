"""A scene as passes take it: one pointer, to what each of its arrays is (where its values lie, and its shape).

A named tuple of 45 arrays is handed on as some 350 numbers at every call; numba spends more time on writing that down
than on the pass itself, and a pass of 512 particles more on reading it than on some of its loops. Here the numbers lie
on the stack of the entry, and a pass reads those that it uses at its beginning, before it writes anything.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model

_WORD = ir.IntType(64)
_BYTES = ir.IntType(8).as_pointer()


class View(types.Type):
    """Of a named tuple of contiguous arrays."""

    def __init__(self, scene: Any) -> None:
        self.scene = scene
        super().__init__(name=f"View({scene.name})")

    @property
    def key(self):
        return self.scene


@register_model(View)
class _ViewModel(models.OpaqueModel):
    pass


@infer_getattr
class _ViewAttribute(AttributeTemplate):
    key = View

    def generic_resolve(self, view, attr):
        return view.scene.types[view.scene.fields.index(attr)] if attr in view.scene.fields else None


def _places(scene):
    """For each array the first of its words; how many there are in all."""
    first, total = [], 0
    for array in scene.types:
        first.append(total)
        total += 1 + array.ndim
    return first, total


@intrinsic
def view_of(typingctx, scene):
    """The view of a scene, good for as long as the function runs that asks for it."""
    if not isinstance(scene, types.BaseNamedTuple) or any(a.layout != "C" for a in scene.types):
        return None

    def codegen(context, builder, signature, args):
        first, total = _places(scene)
        words = cgutils.alloca_once(builder, _WORD, size=total)
        for index, array_type in enumerate(scene.types):
            array = context.make_array(array_type)(context, builder, builder.extract_value(args[0], index))
            place = builder.gep(words, [_WORD(first[index])])
            builder.store(array.data, builder.bitcast(place, array.data.type.as_pointer()))
            for k, number in enumerate(cgutils.unpack_tuple(builder, array.shape, array_type.ndim)):
                builder.store(number, builder.gep(words, [_WORD(first[index] + 1 + k)]))
        return builder.bitcast(words, _BYTES)

    return View(scene)(scene), codegen


@lower_getattr_generic(View)
def _attribute(context, builder, view, value, attr):
    index = view.scene.fields.index(attr)
    array_type, first = view.scene.types[index], _places(view.scene)[0][index]
    # the argument itself is there from the function's first block on; what is read there is read once, ahead of all loops
    own = next((a for a in builder.function.args if a.name == "arg.scene" and a.type == value.type), None)
    if own is None:
        return _read(context, builder, array_type, first, value)
    with builder.goto_entry_block():
        return _read(context, builder, array_type, first, own)


def _read(context, builder, array_type, first, pointer):
    words = builder.bitcast(pointer, _WORD.as_pointer())
    item = context.get_data_type(array_type.dtype).as_pointer()
    data = builder.load(builder.bitcast(builder.gep(words, [_WORD(first)]), item.as_pointer()))
    shape = [builder.load(builder.gep(words, [_WORD(first + 1 + k)])) for k in range(array_type.ndim)]
    return _array(context, builder, array_type, data, shape)


def _array(context, builder, array_type, data, shape):
    """A contiguous array over memory that somebody else holds; built without numba's makers, which would take stack for it."""
    model = context.data_model_manager[array_type]
    itemsize = _WORD(context.get_abi_sizeof(context.get_data_type(array_type.dtype)))
    strides, stride = [], itemsize
    for count in reversed(shape):
        strides.append(stride)
        stride = builder.mul(stride, count, flags=["nsw"])
    items = shape[0]
    for count in shape[1:]:
        items = builder.mul(items, count, flags=["nsw"])
    members = {
        "nitems": items, "itemsize": itemsize, "data": data, "shape": cgutils.pack_array(builder, shape, _WORD),
        "strides": cgutils.pack_array(builder, strides[::-1], _WORD),
    }  # fmt: skip
    value = ir.Constant(model.get_value_type(), None)
    for name, member in members.items():
        value = builder.insert_value(value, member, model.get_field_position(name))
    return value


@intrinsic
def as_row(typingctx, array):
    """A contiguous array as one row."""
    if not isinstance(array, types.Array) or array.layout != "C":
        return None
    row = types.Array(array.dtype, 1, "C")

    def codegen(context, builder, signature, args):
        source = context.make_array(array)(context, builder, args[0])
        return _array(context, builder, row, source.data, [source.nitems])

    return row(array), codegen
