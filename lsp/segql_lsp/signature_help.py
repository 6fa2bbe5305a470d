"""textDocument/signatureHelp: what a function takes, while its arguments are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from segql.catalog import FUNCTIONS, Function, Parameter, signature
from segql.syntax.cursor import Argument, argument_at, cursor_at
from segql_lsp import describing
from segql_lsp.abilities import ability
from segql_lsp.documents import Document
from segql_lsp.markdown import content

if TYPE_CHECKING:
    from segql_lsp.server import SegqlServer

_INFORMATION = "text_document.signature_help.signature_information"


def register(server: SegqlServer) -> None:
    """Tell what a function takes."""

    @server.feature(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        types.SignatureHelpOptions(trigger_characters=["(", ","], retrigger_characters=[")"]),
    )
    def signature_help(
        ls: SegqlServer, params: types.SignatureHelpParams
    ) -> types.SignatureHelp | None:
        document = ls.document(params.text_document)
        if document is None:
            return None
        formats = ability(ls, f"{_INFORMATION}.documentation_format")
        takes_places = ability(ls, f"{_INFORMATION}.parameter_information.label_offset_support")
        return help_at(document, document.offset(params.position), formats, bool(takes_places))


def help_at(
    document: Document, offset: int, formats: object, takes_places: bool
) -> types.SignatureHelp | None:
    """The function in whose brackets an offset is; None outside of any that is known.

    ``takes_places``: the client takes the places of parameters, not only their texts.
    """
    cursor = cursor_at(document.text, offset)
    argument = argument_at(cursor) if cursor else None
    function = FUNCTIONS.get(argument.function.lower()) if argument else None
    if argument is None or function is None:
        return None
    label = signature(function)
    parameters = [
        types.ParameterInformation(
            label=place if takes_places else label[slice(*place)],
            documentation=content(describing.parameter(function, parameter), formats),
        )
        for parameter, place in zip(function.parameters, _places(function, label), strict=True)
    ]
    said = content(function.summary, formats)
    information = types.SignatureInformation(label, documentation=said, parameters=parameters)
    return types.SignatureHelp([information], 0, active_parameter(function, argument))


def active_parameter(function: Function, argument: Argument) -> int | None:
    """The number of the parameter that an argument fills; the last one for what is too much."""
    filled = function.filled_by(max(argument.total, function.fewest))
    if not function.parameters:
        return None
    if argument.position >= len(filled):
        return len(function.parameters) - 1
    return function.parameters.index(filled[argument.position])


def _places(function: Function, label: str) -> list[tuple[int, int]]:
    """Where each parameter stands in a signature."""
    places: list[tuple[int, int]] = []
    end = len(function.name)
    for parameter in function.parameters:
        text = _text(function, parameter)
        start = label.index(text, end)
        end = start + len(text)
        places.append((start, end))
    return places


def _text(function: Function, parameter: Parameter) -> str:
    text = f"[{parameter.name}]" if parameter.is_optional else parameter.name
    return f"{text}..." if function.is_variadic and parameter is function.parameters[-1] else text
