// Which cards are wanted: the words of the search, and a value for each filter.
(function (preview) {
  "use strict";

  // The filters in the order in which they are offered, those of the collection's facets before that of tags. `of`
  // gives a card's values; `offer` the values of some cards, by default in the order of the alphabet.
  preview.filters = function (site) { return ABOVE.concat(site.facets.map(facet), BELOW); };

  var ABOVE = [
    { name: "deck", label: "Deck", all: "All decks", of: function (card) { return [card.deck]; }, offer: decks },
    { name: "section", label: "Section", all: "All sections", of: function (card) { return [card.deck + "/" + card.section]; }, offer: sections },
    { name: "variant", label: "Variant", all: "All variants", of: function (card) { return card.variants; }, offer: variants },
    { name: "kind", label: "Kind", all: "All kinds", of: function (card) { return [card.kind]; } },
  ];
  var BELOW = [
    { name: "tag", label: "Tag", all: "All tags", of: tags },
  ];

  function facet(name) {
    var words = name.replace(/-/g, " ");
    return {
      name: "facet-" + name, // no collection's facet takes the name of another filter
      label: words[0].toUpperCase() + words.slice(1),
      all: "Any " + words,
      of: function (card) { return card.facets[name] || []; },
    };
  }

  // A tag counts for the levels above it as well, as it does for variants.
  function tags(card) {
    var found = [];
    card.tags.forEach(function (tag) {
      var parts = tag.split("::");
      for (var i = 1; i <= parts.length; i++) found.push(parts.slice(0, i).join("::"));
    });
    return Array.from(new Set(found));
  }

  function decks(site) {
    return site.decks.map(function (deck) { return { value: deck.name, label: deck.name }; });
  }
  function sections(site, chosen) {
    return chosenDecks(site, chosen).flatMap(function (deck) {
      return deck.sections.map(function (section) {
        return { value: deck.name + "/" + section[0], label: section[1], group: chosen.deck ? "" : deck.name };
      });
    });
  }
  function variants(site, chosen) {
    var titles = new Map();
    chosenDecks(site, chosen).forEach(function (deck) {
      deck.variants.forEach(function (variant) { titles.set(variant[0], variant[1]); });
    });
    return Array.from(titles, function (pair) { return { value: pair[0], label: pair[1] }; });
  }
  function chosenDecks(site, chosen) {
    return site.decks.filter(function (deck) { return !chosen.deck || deck.name === chosen.deck; });
  }

  // Gives what a filter offers: {value, label, group, count}. Values that no card of the chosen deck has are left out.
  preview.offered = function (filter, site, chosen) {
    var counts = new Map();
    site.cards.forEach(function (card) {
      if (filter.name !== "deck" && chosen.deck && card.deck !== chosen.deck) return;
      filter.of(card).forEach(function (value) { counts.set(value, (counts.get(value) || 0) + 1); });
    });
    var options = filter.offer
      ? filter.offer(site, chosen)
      : Array.from(counts.keys()).sort().map(function (value) { return { value: value, label: value }; });
    return options
      .filter(function (option) { return counts.has(option.value); })
      .map(function (option) { return Object.assign({ count: counts.get(option.value) }, option); });
  };

  // Gives the cards that carry every chosen value and every word of the search, wherever it stands in them.
  preview.wanted = function (site, chosen, search) {
    var words = folded(search).split(/\s+/).filter(Boolean);
    return site.cards.filter(function (card) {
      return preview.filters(site).every(function (filter) {
        return !chosen[filter.name] || filter.of(card).includes(chosen[filter.name]);
      }) && words.every(function (word) { return textOf(card).includes(word); });
    });
  };

  var texts = new WeakMap();
  function textOf(card) {
    if (!texts.has(card)) {
      var file = card.file.split("/").slice(-2).join("/"); // the folders above are the same for all
      texts.set(card, folded([card.key, card.question, card.answer, card.kind, file].concat(card.tags).join("\n")));
    }
    return texts.get(card);
  }

  // Case and accents do not count.
  function folded(text) {
    return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  }
})(window.preview);
