"""The version of cardgen, in a module that imports nothing: whoever needs it need not import the facade."""

__version__ = "0.1.0"
