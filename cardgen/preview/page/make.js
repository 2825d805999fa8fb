// What all the other scripts share: a place to be found in, and a way to make elements.
window.preview = {
  // Makes an element; `inside` is text, or a list of texts and elements. Text is only ever text.
  make: function (name, attributes, inside) {
    "use strict";
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    element.append.apply(element, inside === undefined ? [] : Array.isArray(inside) ? inside : [inside]);
    return element;
  },
};
