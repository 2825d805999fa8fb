"""French. Colons have a no-break space before them, question marks a narrow one."""
# ruff: noqa: RUF001 - the apostrophe of French

from __future__ import annotations

from typing import Final

from cardgen.words.catalogue import Words

WORDS: Final = Words(
    language="fr",
    months="janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    short_months="janv., févr., mars, avr., mai, juin, juil., août, sept., oct., nov., déc.",
    first_day="1er",
    day="{day} {month} {year}",
    short_day="{day} {month}",
    month="{month} {year}",
    either="{one} ou {other}",
    as_of="Date de référence\u00a0: {date}",
    season="{season}",
    checked="source consultée\u00a0: {date}",
    check_at="À vérifier dans",
    secondary="Source secondaire\u00a0: à vérifier dans le tableau officiel.",
    check_again="À revérifier après\u00a0: {date}.",
    overdue="À revérifier depuis\u00a0: {date}. Est-ce toujours exact\u202f?",
    more_sources="{n} autres sources",
    type_answer="Saisissez la réponse.",
    name_steps="Citez les {n} étapes dans l’ordre.",
    next_step="Quelle est la suite\u202f?",
    first_step="Quelle est la première étape\u202f?",
    name_points="Citez les {n} points de votre réponse, dans l’ordre qui vous convient.",
    name_points_in_order="Citez les {n} points de votre réponse, dans l’ordre.",
    then_aloud="Répondez ensuite à voix haute, en {n}\u00a0secondes environ.",
    name_part="Nommez la partie.",
    name_parts="Nommez les {n} parties.",
    first_sentence="Quelle est votre première phrase\u202f?",
    what_is_wrong="Quel est le défaut de cette réponse\u202f?",
    next_move="Comment la réponse se poursuit-elle\u202f?",
    first_move="Comment la réponse commence-t-elle\u202f?",
    name_beats="Citez les {n} temps de ce récit, dans l’ordre.",
    then_told="Racontez-le ensuite à voix haute, en {n}\u00a0secondes environ.",
    which_story="Lequel de vos récits répond à cette question\u202f? Nommez-le et citez ses temps.",
    difference="Quelle est la différence entre {term} et {other}\u202f?",
    label="{label}\u00a0:",
    who="Qui",
    document="Document",
    when="Quand",
    aim="Ce que la question cherche à savoir",
    framework="Méthode",
    do="À faire",
    dont="À éviter",
    template="Modèle",
    in_full="Les points en détail",
    serves="Répond à ces questions",
    beat_timed="{beat}, {n}\u00a0s",
    better="Mieux",
    example="Exemple",
    not_to_be_confused="À ne pas confondre avec {term}\u00a0:",
    right="juste\u00a0:",
    wrong="faux\u00a0:",
    more="Plus de détails",
    hint="Indice",
    show_all="Tout afficher",
    toggle_masks="Afficher ou masquer les caches",
    next_of="Suivant, {n} sur {count}",
    needs_image_occlusion=(
        "Cette carte couvre des parties de son image avec des caches, ce qui demande Anki\u00a023.10 ou plus récent."
    ),
    listed_after="après {part}",
    listed_first_step="première étape",
    listed_first_move="comment elle commence",
    listed_first_sentence="première phrase",
    listed_poor_answer="une mauvaise réponse",
    listed_story="quel récit",
    bar_chart="Diagramme à barres",
    line_chart="Courbes",
    timeline="Chronologie",
    chart_of="{chart}, {unit}",
    column_deck="Paquet",
    column_section="Chapitre",
    column_question="Question",
    column_answer="Réponse",
    column_source="Source",
    column_as_of="Date de référence",
    column_number="N°",
    column_kind="Type",
    column_id="Identifiant",
    column_tags="Étiquettes",
    column_address="Adresse",
    column_link="Lien",
    column_points="Points",
    my_story="Votre récit",
    my_stories="Récits personnels",
    story_sheet="Fiche de récits",
    story_sheet_how=(
        "Écrivez dans la colonne Votre récit. Effacez le # de chaque ligne terminée. "
        "Enregistrez en CSV UTF-8. Importez dans Anki le paquet puis ce fichier."
    ),
    picture="Image",
    continuation="Suite",
    one_card="{n} carte",
    many_cards="{n} cartes",
    one_section="{n} chapitre",
    many_sections="{n} chapitres",
    one_question="{n} question",
    many_questions="{n} questions",
    one_worksheet="{n} fiche de travail",
    many_worksheets="{n} fiches de travail",
    zero="one",
    cards_in_sections="{cards} en {sections}",
    part_of="partie {part} sur {parts}",
    continued="{cards}, suite",
    version="paquet {version}",
    release="Version {version}",
    sources="Sources",
    for_example="Par exemple\u00a0:",
    tick="*Cochez un cercle* chaque fois que vous retrouvez la réponse sans aide.",
    fold="*Pliez* la feuille dans la longueur sur le pointillé\u00a0: questions devant, réponses derrière.",
    cover="*Cachez* ce côté le long du pointillé. Dites la réponse, puis faites glisser le cache vers le bas.",
    small_numbers="*Les petits chiffres* renvoient aux sources, aux dernières pages.",
    and_more="et {n} autres",
    to_card="carte {n}",
    to_cards="cartes {numbers}",
    goes_on="suite",
    cards="Cartes",
    card_of="{card} sur {cards}",
    next_card="Suite sur la carte {card} sur {cards}",
    answer_on="La réponse se trouve sur la carte {card} sur {cards}",
    ruler="Essai du décalage",
    ruler_front=(
        "Imprimez cette feuille à 100\u00a0% sur du papier ordinaire et posez-la sur une planche de cartes. "
        "Lisez sur les échelles où se trouvent les bords de la première carte, et ajoutez cette mesure à "
        "*--offset*, vers la droite et vers le bas."
    ),
    ruler_back=(
        "Tenez la feuille devant une lumière. Lisez sur les échelles où se trouve la croix de l’autre face, "
        "et ajoutez cette mesure à *--back-offset*, vers la droite et vers le bas."
    ),
    self_test="Auto-évaluation",
    define="Définissez\u00a0:",
    spell_out="Écrivez en toutes lettres\u00a0:",
    explain="Expliquez\u00a0:",
    answers_at_end="réponses à la fin",
    name="Nom",
    date="Date",
    score="Note",
    worksheet="Fiche de travail",
    worksheets="Fiches de travail",
    answer_key="Corrigé",
    plans_elsewhere="Les questions qui ont une fiche de travail y ont aussi le plan de leur réponse.",
    skip="Aller au texte",
    decks="Paquets",
    one_deck="{n} paquet",
    many_decks="{n} paquets",
    all_decks="Tous les paquets",
    all_cards="Toutes les cartes",
    in_anki="{cards} dans Anki",
    last_changed="Dernière modification\u00a0: {date}",
    which_edition="Quelle est votre édition\u202f?",
    begin_with="À commencer",
    complete="Complet",
    downloads="Téléchargements",
    for_anki="Pour Anki",
    to_print="À imprimer",
    as_table="En tableau",
    all_files="Tous les fichiers, avec leurs sommes de contrôle",
    file="Fichier",
    size="Taille",
    something_wrong="Une erreur\u202f?",
    previous_page="Précédent\u00a0: {title}",
    next_page="Suivant\u00a0: {title}",
    changes="Changements",
    follow="Suivre les changements avec un lecteur de flux",
    importing="Comment importer",
    anki_is="Anki est un logiciel libre qui vous remontre chaque carte peu avant que vous ne l’oubliiez.",
    on_computer="Sur ordinateur",
    step_install="Installez Anki et lancez-le.",
    step_choose="Choisissez *Fichier*, puis *Importer*, et ouvrez le fichier téléchargé. Son nom se termine par .apkg.",
    step_options="Laissez les options telles quelles et cliquez sur *Importer*.",
    step_study="Cliquez sur le paquet dans la liste, puis sur *Étudier maintenant*.",
    picture_choose="La fenêtre principale d’Anki, menu Fichier ouvert\u00a0; Importer est mis en évidence.",
    picture_options=(
        "Les options d’importation telles qu’Anki les présente\u00a0; le bouton Importer est mis en évidence."
    ),
    picture_study="La liste des paquets après l’importation\u00a0; le nouveau paquet est mis en évidence.",
    on_android="Sur Android",
    android=(
        "Installez AnkiDroid. Touchez le fichier téléchargé, ou choisissez *Importer* dans le menu "
        "d’AnkiDroid, et confirmez."
    ),
    on_iphone="Sur iPhone et iPad",
    iphone=(
        "Installez AnkiMobile. Touchez le fichier téléchargé dans *Fichiers*, puis *Partager*, et choisissez "
        "AnkiMobile."
    ),
    iphone_free=(
        "AnkiMobile est payante. Sans elle, importez sur un ordinateur, cliquez-y sur *Synchroniser* et "
        "étudiez dans le navigateur sur ankiweb.net."
    ),
    newer="Quand il y a une nouvelle version",
    import_again=(
        "Importez-la de la même façon. Ce qui a changé est remplacé, les nouvelles cartes s’ajoutent, et "
        "votre progression est conservée."
    ),
    short_weekdays="lun., mar., mer., jeu., ven., sam., dim.",
    interview="Entretien",
    plan="Plan de révision",
    plan_cards="{n} cartes sur {count}",
    plan_cards_note="le plus important vient en premier",
    plan_new="Nouvelles par jour\u00a0: {n}",
    plan_new_note="du {start} au {end}",
    plan_minutes="Minutes par jour\u00a0: {n}",
    plan_minutes_note="{most} dans la semaine la plus chargée",
    plan_recall="{n}\u00a0% le jour même",
    plan_recall_note="sont retenues, si le modèle vous convient",
    plan_calendar="Jour après jour",
    plan_day_minutes="{n}\u00a0min",
    plan_start="premier jour",
    plan_last_new="dernières nouvelles cartes",
    plan_top_up="cartes fragiles, encore une fois",
    plan_mock="entretien blanc",
    plan_eve="dix cartes, trois réponses à voix haute",
    plan_rest="repos",
    plan_in_anki="Dans Anki",
    plan_step_import="*Fichier > Importer*\u00a0: ouvrez {file} et cochez *Importer tout préréglage des paquets*.",
    plan_step_fsrs=(
        "La roue dentée à côté d’un paquet, *Options*\u00a0: activez *FSRS*. Sans lui, la rétention reste sans "
        "effet et la recherche des derniers jours échoue."
    ),
    plan_step_options=(
        "Dans les *Options* de *{deck}*, vérifiez\u00a0: "
        "*Nouvelles cartes par jour* {new}, *Quota de révisions journalières* {reviews}, "
        "*Rétention souhaitée* {retention}\u00a0%, *Ordre de collecte des nouvelles cartes* *Ordre croissant*. "
        "Puis *Sauvegarder pour tout les sous-paquets*, dans le menu à côté de *Enregistrer*."
    ),
    plan_step_study="Chaque jour, étudiez *{deck}* jusqu’au bout\u202f; dites vos réponses à voix haute.",
    plan_step_top_up=(
        "À partir du {start}, une fois les cartes du jour terminées\u00a0: *Outils > Créer un paquet filtré*, "
        "*Chercher* {search}, *Limiter à* {n} *cartes sélectionnées par* *Retrouvabilité ascendante*, en cochant "
        "*Replanifier les cartes selon mes réponses dans ce paquet*. Les jours suivants\u00a0: *Reconstruire*. "
        "Arrêtez quand vos minutes sont écoulées."
    ),
    plan_step_delete="Après l’entretien, supprimez le paquet filtré\u00a0: ses cartes reviennent dans leurs paquets.",
    plan_step_after="Après l’entretien, réglez *Rétention souhaitée* sur {retention}\u00a0%.",
)
