"""The shape of every component that messages and forms are made of, with Discord's limits."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^\d{1,20}$")]
CustomId = Annotated[str, Meta(min_length=1, max_length=100)]
Number = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Permissions = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Strict(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A body that knows all its fields."""


# --- components --------------------------------------------------------------------------------


class Button(Strict, tag_field="type", tag=2):
    custom_id: CustomId
    label: Annotated[str, Meta(min_length=1, max_length=80)]
    style: Literal[1, 2, 3, 4]
    id: Number | None = None
    disabled: bool = False


class Choice(Strict):
    label: Annotated[str, Meta(min_length=1, max_length=100)]
    value: Annotated[str, Meta(min_length=1, max_length=100)]
    description: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    default: bool = False


class StringSelect(Strict, tag_field="type", tag=3):
    custom_id: CustomId
    options: Annotated[list[Choice], Meta(min_length=1, max_length=25)]
    id: Number | None = None
    placeholder: Annotated[str, Meta(min_length=1, max_length=150)] | None = None
    min_values: Annotated[int, Meta(ge=0, le=25)] = 1
    max_values: Annotated[int, Meta(ge=1, le=25)] = 1
    disabled: bool = False


class ModalSelect(Strict, tag_field="type", tag=3):
    custom_id: CustomId
    options: Annotated[list[Choice], Meta(min_length=1, max_length=25)]
    id: Number | None = None
    placeholder: Annotated[str, Meta(min_length=1, max_length=150)] | None = None
    min_values: Annotated[int, Meta(ge=0, le=25)] = 1
    max_values: Annotated[int, Meta(ge=1, le=25)] = 1
    required: bool = True


class TextInput(Strict, tag_field="type", tag=4):
    custom_id: CustomId
    style: Literal[1, 2]
    id: Number | None = None
    min_length: Annotated[int, Meta(ge=0, le=4000)] = 0
    max_length: Annotated[int, Meta(ge=1, le=4000)] = 4000
    required: bool = True
    value: Annotated[str, Meta(max_length=4000)] | None = None
    placeholder: Annotated[str, Meta(max_length=100)] | None = None


class Default(Strict):
    id: Id
    type: Literal["user"]


class UserSelect(Strict, tag_field="type", tag=5):
    custom_id: CustomId
    id: Number | None = None
    placeholder: Annotated[str, Meta(min_length=1, max_length=150)] | None = None
    min_values: Annotated[int, Meta(ge=0, le=25)] = 1
    max_values: Annotated[int, Meta(ge=1, le=25)] = 1
    required: bool = True
    default_values: Annotated[list[Default], Meta(max_length=25)] = []


class TextDisplay(Strict, tag_field="type", tag=10):
    content: Annotated[str, Meta(min_length=1, max_length=4000)]
    id: Number | None = None


class Media(Strict):
    url: Annotated[str, Meta(max_length=2048)]


class GalleryItem(Strict):
    media: Media
    description: Annotated[str, Meta(min_length=1, max_length=1024)] | None = None


class Gallery(Strict, tag_field="type", tag=12):
    items: Annotated[list[GalleryItem], Meta(min_length=1, max_length=10)]
    id: Number | None = None


class FileShown(Strict, tag_field="type", tag=13):
    file: Media
    id: Number | None = None


class Row(Strict, tag_field="type", tag=1):
    components: Annotated[list[Button | StringSelect], Meta(min_length=1, max_length=5)]
    id: Number | None = None


class Label(Strict, tag_field="type", tag=18):
    label: Annotated[str, Meta(min_length=1, max_length=45)]
    component: ModalSelect | TextInput | UserSelect
    id: Number | None = None
    description: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


Part = Row | TextDisplay | Gallery | FileShown
