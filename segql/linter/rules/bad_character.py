"""A sign that has no meaning in the language.

Names are made of letters, digits and `_ . - / @`; any other name stands in backticks. The curly
quotation marks of word processors are a frequent case: only the straight `"` begins a text. In
texts, in backticks and in comments every character is fine.

Bad::

    FILTER score > $5 ALIAS spenders

    FILTER city = “Portland” ALIAS portland

Good::

    FILTER score > 5 ALIAS spenders

    FILTER city = "Portland" ALIAS portland

    FILTER name = "$5 club" ALIAS club
"""
