// Cards come in sections, and what the cards of a section have in common stands there once. Here each becomes whole again.
(function (preview) {
  "use strict";

  // Gives the site with its cards in one list.
  preview.unpacked = function (site) {
    site.cards = site.sections.flatMap(function (section) {
      return section.cards.map(function (card) {
        return Object.assign({ deck: section.deck, section: section.section, file: section.file }, card, section.labels[card.labels], {
          // Gives the HTML of a side: "front" or "back". Few cards are ever shown, so nobody puts all of them together.
          side: function (name) { return together(card[name], section.texts, site.note_types[card.form].texts); },
        });
      });
    });
    return site;
  };

  function together(numbers, texts, templates) {
    return numbers.map(function (number) { return number < 0 ? templates[-number - 1] : texts[number]; }).join("");
  }
})(window.preview);
