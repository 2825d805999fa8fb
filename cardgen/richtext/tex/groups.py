"""What is open while a row is read: groups, pairs, environments, cells, and scripts that wait for their argument."""

from __future__ import annotations

import re
from typing import Final

from cardgen.richtext.tex.arguments import closes_nothing
from cardgen.richtext.tex.signs import BLANK, PRIME_SIGNS
from cardgen.richtext.tex.state import FlawError, Frame, NotFollowedError
from cardgen.richtext.tex.table import ATOM, LIMITS, OPERATOR, PRIME, SUB, SUP, WRAPPED
from cardgen.richtext.tex.words import Words

_ENDING: Final = re.compile(r"\\cr[^a-zA-Z]|\\\\")
_TEXT: Final = re.compile(r"\s*\\text[^a-zA-Z]")
_LATE_PRIME: Final = "Put the prime last, or braces around what comes before."
_BRACED: Final = ("group", "argument")


class Groups(Words):
    """Follows what is open, as MathJax's stack does."""

    def plain(self, run: str) -> None:
        """Read letters, digits and the like."""
        run = run.strip(BLANK)
        if not run:
            return
        frame = self.frame
        last = ATOM if run[-1].isascii() else ATOM | LIMITS
        if frame.script >= 0:
            frame.put(last)
            if not run[1:].strip(BLANK):
                return
        frame.put(last)

    def foreign(self, start: int) -> None:
        """Refuse a character that MathJax cannot set outside of text."""
        sign = self.text[start]
        shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
        hint = f"Write `\\text{{{sign}}}`." if sign.isprintable() else ""
        raise FlawError(f"MathJax cannot set `{shown}` outside of text", start, start + 1, hint)

    def script(self, start: int) -> None:
        """Read a ``^`` or ``_``; what follows it is its argument."""
        self.no_script_waits(start)
        frame = self.frame
        sign = self.text[start]
        mine, other = (SUP, SUB) if sign == "^" else (SUB, SUP)
        before = frame.after
        if before & mine:
            name = "superscript" if sign == "^" else "subscript"
            primed = sign == "^" and not PRIME_SIGNS.isdisjoint(self.text[max(0, start - 12) : start])
            hint = _LATE_PRIME if primed else f"Write `{{x{sign}a}}{sign}b`."
            raise FlawError(f"a second {name} follows the first", start, self.position, hint)
        if before & PRIME and sign == "_":
            before |= SUP
        if before & WRAPPED:
            before &= ~(other | WRAPPED)
        frame.after = ATOM | mine | (before & (other | OPERATOR | LIMITS))
        frame.script = start
        frame.filled = True

    def prime(self, start: int) -> None:
        """Read primes, which are a superscript."""
        self.no_script_waits(start)
        frame = self.frame
        if frame.after & SUP and not frame.after & (OPERATOR | WRAPPED):
            hint = "Put the prime first, or braces around what comes before."
            raise FlawError(f"`{self.text[start]}` follows a superscript", start, start + 1, hint)
        self.position = start
        while self.position < self.end and self.text[self.position] in PRIME_SIGNS:
            self.position = self.skip(self.position + 1)
        frame.after = (frame.after & ~LIMITS) | ATOM | PRIME
        frame.filled = True

    def no_script_waits(self, start: int) -> None:
        """Refuse what cannot be a script without braces, if a script waits."""
        at = self.frame.script
        if at >= 0:
            sign = self.text[at]
            found = self.text[start : self.position].strip() or self.text[start]
            raise FlawError(f"`{sign}` is followed by `{found}`", at, self.position, f"Write `{sign}{{...}}`.")

    def hash(self, start: int) -> None:
        """Read a ``#``, which stands for an argument in a macro."""
        if not self.shared.depth:
            raise FlawError("`#` has a meaning in macros only", start, start + 1, r"Write `\#`.")
        self.position = min(start + 2, self.end)
        self.frame.put(ATOM | LIMITS)

    def comment(self, start: int) -> None:
        """Go past a comment."""
        line_end = self.text.find("\n", start, self.end)
        self.position = self.end if line_end < 0 else line_end

    def open(self, frame: Frame) -> None:
        """Open something."""
        self.frames.append(frame)
        self.frame = frame

    def open_brace(self, start: int) -> None:
        """Open a group."""
        self.open(Frame("group", start, start + 1))

    def close(self) -> None:
        """Close what was opened last, which is then set."""
        self.frames.pop()
        self.frame = self.frames[-1]
        self.frame.put(ATOM | LIMITS)

    def complete(self, closing: str) -> None:
        """Refuse to close anything while a script waits."""
        at = self.frame.script
        if at >= 0:
            name = "superscript" if self.text[at] == "^" else "subscript"
            before = f" before `{closing}`" if closing else ""
            raise FlawError(f"`{self.text[at]}` has no {name}{before}", at, at + 1)

    def close_brace(self, start: int) -> None:
        """Close a group."""
        self.complete("}")
        if self.frame.kind in _BRACED:
            self.close()
        elif any(frame.kind in _BRACED for frame in self.frames):
            raise self.unclosed("}")
        else:
            raise closes_nothing(start)

    def unclosed(self, before: str = "") -> FlawError:
        """Return the flaw that the last thing opened is still open: at the end, or before something else is closed."""
        frame = self.frame
        where = f" before `{before}`" if before else ""
        opening = self.text[frame.start : frame.end]
        if frame.kind == "pair":
            hint = r"`\right.` closes it unseen."
            return FlawError(f"`{opening}` has no `\\right`{where}", frame.start, frame.end, hint)
        closing = f" by `\\end{{{frame.name}}}`" if frame.kind == "environment" else ""
        return FlawError(f"`{opening}` is not closed{closing}{where}", frame.start, frame.end)

    def finish(self) -> None:
        """Check that nothing is open at the end of the row."""
        self.complete("")
        if len(self.frames) > 1:
            raise self.unclosed()

    def cell(self, start: int) -> None:
        """Read a ``&``."""
        self.no_script_waits(start)
        frame = self.frame
        if not frame.cells:
            raise self.misplaced("&", start)
        if "m" in frame.traits:
            raise FlawError(f"`&` in `{frame.name}`, which has one column", start, start + 1, "Use `aligned`.")
        if "x" in frame.traits:
            self._second_column(frame)
        frame.new_cell()

    def misplaced(self, sign: str, start: int) -> FlawError:
        """Return the flaw of what belongs into a table's cell."""
        frame = self.frame
        end = start + len(sign)
        if frame.kind == "pair" and any(outer.cells for outer in self.frames):
            opening = self.text[frame.start : frame.end]
            hint = r"End the cell with `\right.` and begin the next with `\left.`."
            return FlawError(f"`{sign}` stands between `{opening}` and its `\\right`", start, end, hint)
        hint = r"Write `\&`, or put it in an environment such as `aligned`." if sign == "&" else ""
        return FlawError(f"`{sign}` stands outside of an alignment", start, end, hint)

    def _second_column(self, frame: Frame) -> None:
        """Read the second column of cases, which MathJax takes for text (BaseMethods.Entry)."""
        text, start, end = self.text, self.position, self.end
        ending = re.compile(r"\\end\s*\{" + re.escape(frame.name) + r"\}") if frame.kind == "environment" else _ENDING
        depth, closed, at = 0, -1, start
        while at < end:
            sign = text[at]
            if sign == "{":
                depth += 1
            elif sign == "}":
                if not depth:
                    break
                depth -= 1
                if not depth and closed < 0:
                    closed = at
            elif sign == "&" and not depth:
                raise FlawError(f"`&` begins a third column of `{frame.name}`, which has two", at, at + 1)
            elif sign == "\\":
                if _ENDING.match(text, at, end) or ending.match(text, at, end):
                    break
                at += 1
            at += 1
        at = min(at, end)
        if not (_TEXT.match(text, start, at) and closed == len(text[:at].rstrip()) - 1):
            self.words(start, at)
            self.position = at

    def arrow(self, start: int) -> None:
        """Read an ``@``, which is an arrow of a commutative diagram before some signs."""
        if not self.frame.cells:
            raise self.misplaced("@", start)
        raise NotFollowedError
