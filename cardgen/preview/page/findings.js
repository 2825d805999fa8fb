// What is wrong in the files now, above the cards.
(function (preview) {
  "use strict";
  var make = preview.make;
  var before = "";

  preview.showFindings = function (app) {
    var findings = app.site.findings;
    var now = JSON.stringify(findings);
    if (now === before) return;
    before = now;
    var errors = findings.filter(function (finding) { return finding.severity === "error"; }).length;
    var element = document.getElementById("findings");
    element.hidden = !findings.length;
    element.classList.toggle("grave", errors > 0);
    document.getElementById("findings-title").textContent =
      [counted(errors, "error"), counted(findings.length - errors, "warning")].filter(Boolean).join(", ");
    document.getElementById("findings-stale").hidden = !app.site.stale;
    document.getElementById("findings-box").open = errors > 0;
    var list = document.getElementById("findings-list");
    list.replaceChildren.apply(list, findings.map(function (finding) { return item(finding, app); }));
  };

  function counted(number, word) {
    return number ? number + " " + word + (number === 1 ? "" : "s") : "";
  }

  function item(finding, app) {
    var parts = [make("p", { class: "message" }, [
      make("span", { class: "code " + finding.severity }, finding.severity + "[" + finding.code + "]"), " ",
    ].concat(worded(finding.message)))];
    if (finding.file) parts.push(preview.place(finding.file, finding.line, app));
    if (finding.source.trim()) parts.push(frame(finding));
    if (finding.hint) parts.push(make("p", { class: "hint" }, worded(finding.hint)));
    return make("li", {}, parts);
  }

  // What stands in back quotes is what somebody typed.
  function worded(text) {
    return text.split("`").map(function (part, index) { return index % 2 ? make("code", {}, part) : part; });
  }

  // Shows the line with what is meant in it marked; of a long line, what stands around that.
  function frame(finding) {
    var characters = Array.from(finding.source);
    var from = finding.column - 1;
    var start = from > 60 ? from - 40 : 0;
    var text = function (a, b) { return characters.slice(a, b).join(""); };
    return make("pre", { tabindex: "0", "aria-label": "Line " + finding.line }, [
      (start ? "…" : "") + text(start, from), make("mark", {}, text(from, from + finding.width)), text(from + finding.width),
    ]);
  }
})(window.preview);
