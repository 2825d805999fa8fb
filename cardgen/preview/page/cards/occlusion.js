// Masks over a picture, as Anki's own script draws them: from elements that say where each lies, in parts of the picture.
// Here they are shapes that a tap takes away, and another one brings back.
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var SIZE = 10000; // of the drawing's own units, as fine as the parts are written
  var ROLES = { cloze: "active", "cloze-inactive": "inactive", "cloze-highlight": "highlight" };

  window.anki = { imageOcclusion: { setup: setup } };

  function setup() {
    var canvas = document.getElementById("image-occlusion-canvas");
    var drawing = document.createElementNS(SVG, "svg");
    drawing.id = canvas.id; // the note type's colours are meant for it
    drawing.setAttribute("viewBox", "0 0 " + SIZE + " " + SIZE);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    var others = [];
    document.querySelectorAll(".cg [data-shape]").forEach(function (element) {
      var role = ROLES[element.className];
      if (role === "inactive" && element.dataset.occludeinactive !== "1") return;
      var mask = shape(element.dataset);
      if (!mask) return;
      mask.setAttribute("class", role);
      mask.addEventListener("click", function () { mask.classList.toggle("away"); });
      if (role === "inactive") others.push(mask);
      // What is asked for lies above the others, as in Anki its frame does.
      if (role === "highlight") drawing.append(mask);
      else drawing.prepend(mask);
    });
    canvas.replaceWith(drawing);
    // Anki's button comes behind this script.
    window.requestAnimationFrame(function () { button(others); });
  }

  function button(others) {
    var toggle = document.getElementById("toggle");
    if (!toggle) return;
    toggle.hidden = !others.length;
    toggle.addEventListener("click", function () {
      var away = others.some(function (mask) { return !mask.classList.contains("away"); });
      others.forEach(function (mask) { mask.classList.toggle("away", away); });
    });
  }

  function shape(data) {
    switch (data.shape) {
      case "rect":
        return made("rect", { x: part(data.left), y: part(data.top), width: part(data.width), height: part(data.height) });
      case "ellipse":
        return made("ellipse", {
          cx: part(data.left) + part(data.rx), cy: part(data.top) + part(data.ry), rx: part(data.rx), ry: part(data.ry),
        });
      case "polygon":
        return made("polygon", {
          points: data.points.split(" ").map(function (point) { return point.split(",").map(part).join(","); }).join(" "),
        });
      default:
        return null;
    }
  }

  function part(text) {
    return Math.round(parseFloat(text) * SIZE);
  }

  function made(name, attributes) {
    var element = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }
})();
