"""Cases of CG4 and CG5: what a card says, and what a build is asked for."""

from __future__ import annotations

from conftest import MINIMAL_CARDS
from findings import Case, deck, section

UNSIZED = '<svg xmlns="http://www.w3.org/2000/svg"/>'
SIZED = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'

CASES = {
    "CG401": Case(
        section("id: a, kind: cloze, text: No gap"),
        """
        error[CG401]: the text has no gap
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: No gap}
            |                                ^^^^^^
          hint: Hide something: {{c1::hidden}}.

        1 error
        """,
    ),
    "CG402": Case(
        section("id: a, kind: cloze, text: 'A {{c0::gap}}'"),
        """
        error[CG402]: `{{c0::` has a number that is not from 1 to 499
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: 'A {{c0::gap}}'}
            |                                ^^^^^^^^^^^^^^^
          hint: Write {{c1::hidden}} or {{c1::hidden::hint}}, with a number from 1 to 499.

        1 error
        """,
    ),
    "CG403": Case(
        section("id: a, kind: basic, front: Q, back: 'A {{c1::gap}}'"),
        """
        warning[CG403]: `back` has a gap, but the card is of kind basic
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: 'A {{c1::gap}}'}
            |                                          ^^^^^^^^^^^^^^^
          hint: Use `kind: cloze`, or delete the braces.

        1 warning
        """,
    ),
    "CG404": Case(
        section("id: a, kind: choice, question: Q, options: [{text: A}, {text: B, right: false}]"),
        """
        error[CG404]: none of the options is right
          --> decks/demo/one.yaml:3:49
          3 |   - {id: a, kind: choice, question: Q, options: [{text: A}, {text: B, right: false}]}
            |                                                 ^
          hint: Mark one with `right: true`.

        1 error
        """,
    ),
    "CG405": Case(
        section("id: a, kind: basic, front: Q, back: '  '"),
        """
        error[CG405]: `back` shows nothing
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '  '}
            |                                          ^^^^
          hint: Write something that can be seen.

        1 error
        """,
    ),
    "CG406": Case(
        section("id: a, kind: basic, front: Q, back: '![map](media/map.png)'"),
        """
        error[CG406]: no file `media/map.png` in the deck's folder
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](media/map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^^^^^^^
          hint: Correct the path; it starts at the deck's folder.

        1 error
        """,
    ),
    "CG407": Case(
        section("id: a, kind: basic, front: Q, back: '![map](../map.png)'"),
        """
        error[CG407]: `../map.png` leads out of the deck's folder
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](../map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^^^^
          hint: Copy the file into the deck's folder.

        1 error
        """,
    ),
    "CG408": Case(
        section("id: a, kind: basic, front: Q, back: '![map](map.tiff)'"),
        """
        error[CG408]: `map.tiff` is neither a picture nor a recording that Anki knows everywhere
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](map.tiff)'}
            |                                          ^^^^^^^^^^^^^^^^^^
          hint: Use png, jpg, gif, webp, avif or svg; mp3, m4a, wav, flac, ogg or opus; mp4, mov or webm.

        1 error
        """,
    ),
    "CG409": Case(
        {"demo/media/maps/europe.png": b"picture"},
        """
        warning[CG409]: no card shows media/maps/europe.png
          --> decks/demo/media/maps/europe.png
          hint: Use it or delete it.

        1 warning
        """,
    ),
    "CG410": Case(
        section("id: a, kind: basic, front: Q, back: '![map](map.png)'")
        | {"demo/map.png": b"x" * (20 * 1024 * 1024 + 1)},
        """
        error[CG410]: `map.png` is larger than 20 MiB
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^
          hint: Make it smaller.

        1 error
        """,
    ),
    "CG411": Case(
        section("id: a, kind: basic, front: Q, back: 'The half, $\\fracc{1}{2}$'"),
        """
        error[CG411]: `\\fracc` is no command of MathJax
          --> decks/demo/one.yaml:3:54
          3 |   - {id: a, kind: basic, front: Q, back: 'The half, $\\fracc{1}{2}$'}
            |                                                      ^^^^^^
          hint: Did you mean `\\frac`?

        1 error
        """,
    ),
    "CG412": Case(
        section("id: a, kind: basic, front: Q, back: 'The half, $\\bbox[red]{x}$'"),
        """
        warning[CG412]: `\\bbox` is set by Anki alone; print and preview show the formula's TeX
          --> decks/demo/one.yaml:3:54
          3 |   - {id: a, kind: basic, front: Q, back: 'The half, $\\bbox[red]{x}$'}
            |                                                      ^^^^^
          hint: Write it with other commands, or leave it if nobody prints the deck.

        1 warning
        """,
    ),
    "CG416": Case(
        section("id: a, kind: basic, front: Q, back: '![name](media/a.ogg)'") | {"demo/media/a.ogg": b"sound"},
        """
        warning[CG416]: iPhones and iPads do not play .ogg; make it .mp3
          --> decks/demo/media/a.ogg
          hint: Turn a sound into mp3 or m4a, a film into mp4; or leave it if no learner has such a device.

        1 warning
        """,
    ),
    "CG417": Case(
        section("id: a, kind: basic, front: Q, back: '![name](media/a.mp3)'")
        | {"demo/media/a.mp3": b"x" * (1536 * 1024)},
        """
        warning[CG417]: the file has 1.5 MiB, and a minute of sound needs no more than 1
          --> decks/demo/media/a.mp3
          hint: Cut it to what the card asks, or save it with fewer kbit/s.

        1 warning
        """,
    ),
    "CG418": Case(
        deck("description: '![name](media/a.mp3)'") | {"demo/media/a.mp3": b"sound"},
        """
        error[CG418]: Anki does not play `media/a.mp3` here
          --> decks/demo/deck.yaml:4:14
          4 | description: '![name](media/a.mp3)'
            |              ^^^^^^^^^^^^^^^^^^^^^^
          hint: Put it on a card.

        1 error
        """,
    ),
    "CG421": Case(
        {
            "demo/one.yaml": "title: One\ncards:\n  - id: a\n    kind: basic\n    front: Q\n    back: |\n"
            "      ```pyhton\n      x\n      ```\n"
        },
        """
        warning[CG421]: `pyhton` is no language whose parts can be told apart
          --> decks/demo/one.yaml:7:10
          7 |       ```pyhton
            |          ^^^^^^
          hint: Did you mean `python`?

        1 warning
        """,
    ),
    "CG422": Case(
        section("id: a, kind: basic, front: Q, back: '![a map](media/a.png)'")
        | {"demo/media/a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x0f\xa0\0\0\x0b\xb8" + bytes(2**20)},
        """
        warning[CG422]: the picture has 4,000 x 3,000 pixels in 1.0 MiB; 1,320 x 990 would do
          --> decks/demo/media/a.png
          hint: Make it smaller: a card is 660 pixels wide, and sharp screens have two for each of them.

        1 warning
        """,
    ),
    "CG430": Case(
        section("id: a, kind: occlusion, image: media/a.svg, title: T, masks: {one: {hides: O}}")
        | {"demo/media/a.svg": SIZED},
        """
        error[CG430]: the mask `one` has no shape
          --> decks/demo/one.yaml:3:73
          3 |   - {id: a, kind: occlusion, image: media/a.svg, title: T, masks: {one: {hides: O}}}
            |                                                                         ^
          hint: Say where it lies by one of `rect`, `rects`, `ellipse` and `polygon`.

        1 error
        """,
    ),
    "CG431": Case(
        section("id: a, kind: occlusion, image: media/a.svg, title: T, masks: {one: {rect: [90, 0, 20, 5], hides: O}}")
        | {"demo/media/a.svg": SIZED},
        """
        error[CG431]: the mask `one` reaches from 90 to 110 across and from 0 to 5 down: a picture ends at 0 and 100
          --> decks/demo/one.yaml:3:73
          3 | …usion, image: media/a.svg, title: T, masks: {one: {rect: [90, 0, 20, 5], hides: O}}}
            |                                                    ^
          hint: Lengths are percent of the picture's width and height: left, top, width, height.

        1 error
        """,
    ),
    "CG432": Case(
        section("id: a, kind: occlusion, image: media/a.svg, title: T, masks: {layer: masks}")
        | {"demo/media/a.svg": SIZED},
        """
        error[CG432]: `media/a.svg`: no layer or group `masks` in the drawing
          --> decks/demo/one.yaml:3:75
          3 |   - {id: a, kind: occlusion, image: media/a.svg, title: T, masks: {layer: masks}}
            |                                                                           ^^^^^
          hint: Name a layer or group of the drawing, in which each shape has an id.

        1 error
        """,
    ),
    "CG433": Case(
        section("id: a, kind: occlusion, image: media/a.svg, title: T, masks: {one: {rect: [0, 0, 50, 50], hides: O}}")
        | {"demo/media/a.svg": UNSIZED},
        """
        error[CG433]: `media/a.svg` has neither width and height nor a viewBox
          --> decks/demo/one.yaml:3:37
          3 |   - {id: a, kind: occlusion, image: media/a.svg, title: T, masks: {one: {rect: [0, 0, 50, 50], hides…
            |                                     ^^^^^^^^^^^
          hint: Give its <svg> element `width` and `height`, or a `viewBox`.

        1 error
        """,
    ),
    "CG501": Case(
        {},
        """
        error[CG501]: no deck `dmeo` in decks
          hint: Did you mean `demo`?

        1 error
        """,
        ("check", "--deck", "dmeo"),
    ),
    "CG502": Case(
        deck("variants: {essentials: {where: {kind: basic}}}\n"),
        """
        error[CG502]: no variant `essential` in `demo`
          hint: Did you mean `essentials`?

        1 error
        """,
        ("build", "--variant", "essential"),
    ),
    "CG509": Case(
        {},
        """
        error[CG509]: no tier `extended` in `demo`
          hint: `cardgen list` shows the tiers.

        1 error
        """,
        ("build", "--tier", "extended"),
    ),
    "CG503": Case(
        {},
        """
        error[CG503]: no card is left in demo-kind-cloze
          hint: Ask for fewer things at once.

        1 error
        """,
        ("build", "--where", "kind=cloze"),
    ),
    "CG504": Case(
        {},
        """
        error[CG504]: cannot write: a folder of this name is in the way
          --> dist/demo.csv
          hint: Check the folder, its permissions and the space on the disk; earlier artefacts are untouched.

        1 error
        """,
        ("build",),
        folders=("dist/demo.csv",),
    ),
    "CG507": Case(
        {"../dist/demo.csv": "front,back\n"},
        """
        error[CG507]: this file is in the way, and cardgen has not made it
          --> dist/demo.csv
          hint: Move, rename or delete the file, or write into another folder.

        1 error
        """,
        ("build",),
    ),
    "CG508": Case(
        {},
        """
        error[CG508]: there is no such file
          --> decks/demo/on.yaml
          hint: Did you mean `one.yaml`?

        1 error
        """,
        ("check", "decks/demo/on.yaml"),
    ),
    "CG530": Case(
        {
            "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\nprivate: true\n",
            "others/deck.yaml": "id: others\ntitle: Others\nsections: [one]\n",
            "others/one.yaml": MINIMAL_CARDS,
        },
        """
        error[CG530]: `demo` is private, and `others` not
          --> decks/demo/deck.yaml:4:10
          4 | private: true
            |          ^^^^
          hint: Build them by name: `cardgen build others`.

        1 error
        """,
        ("build", "--format", "csv"),
    ),
    "CG531": Case(
        deck("private: true\n"),
        """
        error[CG531]: `demo` is private, and a page in files is for others
          --> decks/demo/deck.yaml:4:10
          4 | private: true
            |          ^^^^
          hint: Name the decks that are for others, or take `private` away.

        1 error
        """,
        ("preview", "--output", "page"),
    ),
    "CG532": Case(
        {"collection.yaml": "private: true\n"},
        """
        error[CG532]: decks/demo is in the git work tree ROOT, which does not ignore it
          --> decks/demo/deck.yaml:1:1
          1 | id: demo
            | ^
          hint: Move it out of the work tree, or add its folder to .gitignore; `git rm --cached` lets git forget a file.

        1 error
        """,
        folders=(".git",),
    ),
    "CG505": Case(
        {"demo/deck.yaml": None},
        """
        error[CG505]: no folder in it has a deck.yaml
          --> decks
          hint: A deck is a folder with a deck.yaml; name the folder of the decks with --decks.

        1 error
        """,
    ),
    "CG506": Case(
        {},
        """
        error[CG506]: `kind` has no value `bsic`
          hint: Did you mean `basic`?

        1 error
        """,
        ("build", "--where", "kind=bsic"),
    ),
}
