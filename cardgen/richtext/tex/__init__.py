r"""Check TeX against what Anki's MathJax can set, so that no card shows raw TeX, red letters or "Math input error".

A formula is read as MathJax 3.2.2 reads it (its ts/input/tex): commands take their arguments by the same rules, and
braces, environments, pairs of ``\left`` and ``\right``, cells and scripts are followed as its parser's stack follows
them. What cannot be followed, such as a macro that opens an environment and does not close it, is not judged: a finding
here is one that MathJax makes, too. The opposite does not hold: of ``\ce`` and ``\pu`` only braces, names and signs are
checked, and some rare commands have conditions that are not.
"""

from cardgen.richtext.tex.problem import TexProblem, tex_problem

__all__ = ["TexProblem", "tex_problem"]
