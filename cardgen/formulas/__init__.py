r"""TeX as MathML, for the outputs that have no MathJax: print and preview.

What Anki shows is MathJax's business, and what it cannot show is an error (`cardgen.richtext.tex`). Here the same TeX
becomes a small tree of MathML elements, by the package ``math-core``; `dialect` turns what MathJax takes otherwise into
what that package takes, `chemistry` does so for ``\ce``. What is still unknown raises `NotSetError`, and the outputs
show TeX instead.

The tree is data: print hands it to its templates as such, and HTML is written from it anew, so nothing that a formula
says can become code in either.
"""

from cardgen.formulas.convert import mathml
from cardgen.formulas.element import Element
from cardgen.formulas.failure import NotSetError
from cardgen.formulas.hole import with_holes
from cardgen.formulas.html import to_html
from cardgen.formulas.plain import to_text

__all__ = ["Element", "NotSetError", "mathml", "to_html", "to_text", "with_holes"]
