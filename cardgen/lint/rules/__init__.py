"""The built-in rules, one module each with a constant ``RULE``; see ``cardgen.lint.base``."""
