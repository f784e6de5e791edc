"""The rules: pure functions, each with one question. They return refusals; the services raise them."""
