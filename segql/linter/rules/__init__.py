"""The register: what each rule looks at.

A rule is one module, named as the rule is, with a function ``check``. What it is told of, and what
it returns, depends on the table it stands in. It is imported when a text has what it looks at.
"""

from __future__ import annotations

from typing import Final

# check(node, scope) -> diagnostics. A statement without mistakes, and each node of it, by its name.
# A rule about Comparison, Membership or Between has a function concerns(shape) as well: whether it
# is asked about those of a shape. Most are fine at a glance, and texts have thousands.
ON_NODES: Final[dict[str, tuple[str, ...]]] = {
    "Statement": (
        "infix_after_word_operator",
        "name_quotes",
        "missing_alias",
        "bad_slug",
        "missing_name",
        "missing_description",
        "long_name",
        "too_many_conditions",
        "fixed_date",
        "unknown_field",
        "bare_field",
        "contradiction",
        "tautology",
        "include_and_not",
        "constant_phrase",
        "in_segment",
        "deep_nesting",
        "matches_nothing_known",
        "unguarded_negation",
        "negated_field",
    ),
    "Comparison": (
        "field_as_value",
        "long_identifier",
        "date_math",
        "minutes_for_months",
        "future_window",
        "date_equality",
        "operator_type",
        "ordered_text",
        "value_type",
        "quoted_number",
        "bad_date",
        "map_without_key",
        "field_types",
        "like_without_wildcard",
        "self_comparison",
        "value_on_the_left",
    ),
    "Array": (
        "negative_in_list",
        "repeated_value",
        "empty_list",
    ),
    "String": (
        "unsayable_string",
        "personal_data",
    ),
    "Call": (
        "negative_argument",
        "unknown_function",
        "argument_count",
        "argument_type",
        "timewindow_range",
        "geodistance_place",
    ),
    "With": ("bad_option", "repeated_option", "unknown_option"),
    "Option": ("unknown_kind", "repeated_tag", "unknown_tag"),
    "Alias": ("slug_style",),
    "Membership": (
        "long_identifier",
        "operator_type",
        "value_type",
        "in_one_value",
        "self_comparison",
    ),
    "Number": ("personal_data",),
    "Between": (
        "date_math",
        "minutes_for_months",
        "future_window",
        "past_deadline",
        "operator_type",
        "value_type",
        "quoted_number",
        "bad_date",
        "map_without_key",
        "truncated_bound",
        "empty_between",
    ),
    "And": (
        "windows_apart",
        "past_deadline",
        "bare_field",
        "duplicate_phrase",
        "implied_phrase",
        "list_of_one",
        "empty_list",
        "nested_list",
        "range_of_two",
    ),
    "Or": (
        "bare_field",
        "duplicate_phrase",
        "implied_phrase",
        "list_of_one",
        "empty_list",
        "nested_list",
        "not_equal_or",
        "equals_or",
    ),
    "Not": (
        "bare_field",
        "double_negation",
        "negated_comparison",
    ),
    "Identifier": ("key_of_no_map", "unknown_key"),
    "From": ("unknown_table",),
}

# Rules that say nothing where no catalog says what there is: they need not be imported.
FOR_CATALOGS: Final = frozenset(
    (
        *("unknown-field", "unknown-key", "unknown-table", "bare-field", "long-identifier"),
        *("operator-type", "ordered-text", "value-type", "quoted-number", "field-types"),
        *("map-without-key", "key-of-no-map", "bad-date", "date-equality", "truncated-bound"),
    )
)

# check(form, scope) -> diagnostics. A way of writing, in a statement without mistakes.
ON_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "not-without-comma": ("not_without_comma",),
    "not-prefix": ("not_before_function", "not_between"),
    "not-infix": ("not_before_function", "not_between"),
    "infix": ("negated_infix",),
    "exists-parentheses": ("exists_parentheses",),
    "is-null": ("is_null",),
    "parenthesised-value": ("parenthesised_value",),
    "quoted-segment": ("quoted_segment",),
    "match-all-line": ("match_all_line",),
    "clause-order": ("clause_order",),
    "missing-filter": ("missing_filter",),
    "number-spelling": ("number_spelling",),
    "trailing-comma": ("trailing_comma",),
}

# check(file) -> diagnostics. The text as it is, with mistakes or without.
ON_FILES: Final[tuple[str, ...]] = ("secret",)
# The same, of texts that are not all ASCII.
ON_FOREIGN_FILES: Final[tuple[str, ...]] = ("invisible_character", "mixed_scripts")

# check(overview) -> pairs of the number of a file and a diagnostic. Several segments at once.
ON_WORKSPACE: Final[tuple[str, ...]] = ("duplicate_alias", "duplicate_name", "too_many_segments")
# The same, where one segment at least includes another.
ON_INCLUDES: Final[tuple[str, ...]] = (
    "missing_include",
    "include_cycle",
    "include_by_id",
    "unused_segment",
    "deep_include",
)
