"""German."""

from __future__ import annotations

from typing import Final

from cardgen.words.catalogue import Words

WORDS: Final = Words(
    language="de",
    months="Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember",
    short_months="Jan., Feb., März, Apr., Mai, Juni, Juli, Aug., Sept., Okt., Nov., Dez.",
    first_day="1",
    day="{day}. {month} {year}",
    short_day="{day}. {month}",
    month="{month} {year}",
    either="{one} oder {other}",
    as_of="Stand: {date}",
    season="{season}",
    checked="Quelle gelesen: {date}",
    check_at="Nachprüfen in",
    secondary="Sekundärquelle: in der amtlichen Tabelle nachprüfen.",
    check_again="Erneut prüfen nach: {date}.",
    overdue="Prüfung fällig seit: {date}. Gilt das noch?",
    more_sources="{n} weitere Quellen",
    type_answer="Geben Sie die Antwort ein.",
    name_steps="Nennen Sie die {n} Schritte der Reihe nach.",
    next_step="Was kommt als Nächstes?",
    first_step="Was ist der erste Schritt?",
    name_points="Nennen Sie die {n} Punkte Ihrer Antwort in einer sinnvollen Reihenfolge.",
    name_points_in_order="Nennen Sie die {n} Punkte Ihrer Antwort der Reihe nach.",
    then_aloud="Antworten Sie dann laut, in etwa {n} Sekunden.",
    name_part="Benennen Sie den Teil.",
    name_parts="Benennen Sie die {n} Teile.",
    first_sentence="Wie lautet Ihr erster Satz?",
    what_is_wrong="Was ist an dieser Antwort falsch?",
    next_move="Wie geht die Antwort weiter?",
    first_move="Wie beginnt die Antwort?",
    name_beats="Nennen Sie die {n} Abschnitte dieser Geschichte der Reihe nach.",
    then_told="Erzählen Sie sie dann laut, in etwa {n} Sekunden.",
    which_story="Welche Ihrer Geschichten passt? Nennen Sie sie und ihre Abschnitte.",
    difference="Was ist der Unterschied zwischen {term} und {other}?",
    label="{label}:",
    who="Wer",
    document="Dokument",
    when="Wann",
    aim="Worauf die Frage zielt",
    framework="Methode",
    do="Richtig",
    dont="Falsch",
    template="Vorlage",
    in_full="Die Punkte im Einzelnen",
    serves="Passt zu diesen Fragen",
    beat_timed="{beat}, {n}\u00a0s",
    better="Besser",
    example="Beispiel",
    not_to_be_confused="Nicht zu verwechseln mit {term}:",
    right="richtig:",
    wrong="falsch:",
    more="Mehr",
    hint="Hinweis",
    show_all="Alle zeigen",
    toggle_masks="Masken zeigen oder verbergen",
    next_of="Weiter, {n} von {count}",
    needs_image_occlusion="Diese Karte verdeckt Teile ihres Bildes mit Masken und braucht dafür Anki 23.10 oder neuer.",
    listed_after="nach {part}",
    listed_first_step="erster Schritt",
    listed_first_move="wie sie beginnt",
    listed_first_sentence="erster Satz",
    listed_poor_answer="eine schwache Antwort",
    listed_story="welche Geschichte",
    bar_chart="Balkendiagramm",
    line_chart="Liniendiagramm",
    timeline="Zeitleiste",
    chart_of="{chart}, {unit}",
    column_deck="Stapel",
    column_section="Abschnitt",
    column_question="Frage",
    column_answer="Antwort",
    column_source="Quelle",
    column_as_of="Stand",
    column_number="Nr.",
    column_kind="Art",
    column_id="Kennung",
    column_tags="Schlagwörter",
    column_address="Adresse",
    column_link="Link",
    column_points="Punkte",
    my_story="Meine Geschichte",
    my_stories="Meine Geschichten",
    story_sheet="Blatt für Geschichten",
    story_sheet_how=(
        "Schreiben Sie unter Meine Geschichte. Löschen Sie das # jeder fertigen Zeile. "
        "Speichern Sie als CSV in UTF-8. Importieren Sie in Anki erst den Stapel und dann diese Datei."
    ),
    picture="Bild",
    continuation="Fortsetzung",
    one_card="{n} Karte",
    many_cards="{n} Karten",
    one_section="{n} Abschnitt",
    many_sections="{n} Abschnitten",
    one_question="{n} Frage",
    many_questions="{n} Fragen",
    one_worksheet="{n} Arbeitsblatt",
    many_worksheets="{n} Arbeitsblätter",
    zero="many",
    cards_in_sections="{cards} in {sections}",
    part_of="Teil {part} von {parts}",
    continued="{cards}, Fortsetzung",
    version="Stapel {version}",
    release="Version {version}",
    sources="Quellen",
    for_example="Zum Beispiel:",
    tick="*Einen Kreis abhaken*, sooft Ihnen die Antwort ohne Hilfe einfällt.",
    fold="*Falten* Sie das Blatt der Länge nach an der gestrichelten Linie: Fragen vorn, Antworten hinten.",
    cover="*Decken* Sie diese Seite bis zur gestrichelten Linie ab. Antworten Sie, dann schieben Sie das Blatt weiter.",
    small_numbers="*Kleine Zahlen* verweisen auf die Quellen auf den letzten Seiten.",
    and_more="und {n} weitere",
    to_card="Karte {n}",
    to_cards="Karten {numbers}",
    goes_on="Fortsetzung",
    cards="Karten",
    card_of="{card} von {cards}",
    next_card="Weiter auf Karte {card} von {cards}",
    answer_on="Die Antwort steht auf Karte {card} von {cards}",
    ruler="Probe des Versatzes",
    ruler_front=(
        "Drucken Sie dieses Blatt mit 100 % auf gewöhnliches Papier, und halten Sie es auf einen "
        "Kartenbogen. Lesen Sie auf den Skalen ab, wo die Kanten der ersten Karte liegen, und zählen Sie "
        "das zu *--offset* hinzu, nach rechts und nach unten."
    ),
    ruler_back=(
        "Halten Sie das Blatt gegen das Licht. Lesen Sie auf den Skalen ab, wo das Kreuz der anderen Seite "
        "liegt, und zählen Sie das zu *--back-offset* hinzu, nach rechts und nach unten."
    ),
    self_test="Selbsttest",
    define="Definieren Sie:",
    spell_out="Schreiben Sie aus:",
    explain="Erklären Sie:",
    answers_at_end="Antworten am Ende",
    name="Name",
    date="Datum",
    score="Punkte",
    worksheet="Arbeitsblatt",
    worksheets="Arbeitsblätter",
    answer_key="Lösungen",
    plans_elsewhere="Fragen mit Arbeitsblatt haben den Plan ihrer Antwort dort.",
    skip="Zum Text springen",
    decks="Stapel",
    one_deck="{n} Stapel",
    many_decks="{n} Stapel",
    all_decks="Alle Stapel",
    all_cards="Alle Karten",
    in_anki="{cards} in Anki",
    last_changed="Zuletzt geändert: {date}",
    which_edition="Welche Ausgabe ist Ihre?",
    begin_with="Damit beginnen",
    complete="Vollständig",
    downloads="Downloads",
    for_anki="Für Anki",
    to_print="Zum Drucken",
    as_table="Als Tabelle",
    all_files="Alle Dateien, mit Prüfsummen",
    file="Datei",
    size="Größe",
    something_wrong="Stimmt etwas nicht?",
    previous_page="Zurück: {title}",
    next_page="Weiter: {title}",
    changes="Änderungen",
    follow="Änderungen mit einem Feedreader verfolgen",
    importing="So wird importiert",
    anki_is="Anki ist ein freies Programm, das Ihnen jede Karte wieder zeigt, kurz bevor Sie sie vergessen würden.",
    on_computer="Auf dem Computer",
    step_install="Installieren Sie Anki und starten Sie es.",
    step_choose=(
        "Wählen Sie *Datei*, dann *Importieren*, und öffnen Sie das heruntergeladene Paket. Sein Name endet mit .apkg."
    ),
    step_options="Lassen Sie die Optionen, wie sie sind, und drücken Sie *Importieren*.",
    step_study="Klicken Sie auf den Stapel in der Liste, dann auf *Jetzt lernen*.",
    picture_choose="Das Hauptfenster von Anki mit offenem Menü „Datei“; „Importieren“ ist markiert.",
    picture_options="Die Importoptionen, wie Anki sie zuerst zeigt; der Knopf „Importieren“ ist markiert.",
    picture_study="Die Liste der Stapel nach dem Import; der neue Stapel ist markiert.",
    on_android="Auf Android",
    android=(
        "Installieren Sie AnkiDroid. Tippen Sie auf das heruntergeladene Paket, oder wählen Sie *Importieren* "
        "im Menü von AnkiDroid, und bestätigen Sie."
    ),
    on_iphone="Auf iPhone und iPad",
    iphone=(
        "Installieren Sie AnkiMobile. Tippen Sie in *Dateien* auf das heruntergeladene Paket, dann auf "
        "*Teilen*, und wählen Sie AnkiMobile."
    ),
    iphone_free=(
        "AnkiMobile kostet Geld. Ohne sie importieren Sie auf einem Computer, drücken dort *Synchronisieren* "
        "und lernen im Browser auf ankiweb.net."
    ),
    newer="Wenn es eine neuere Version gibt",
    import_again=(
        "Importieren Sie sie auf dieselbe Weise. Geändertes wird ersetzt, neue Karten kommen hinzu, und Ihr "
        "Lernstand bleibt."
    ),
    short_weekdays="Mo, Di, Mi, Do, Fr, Sa, So",
    interview="Vorstellungsgespräch",
    plan="Lernplan",
    plan_cards="{n} von {count} Karten",
    plan_cards_note="das Wichtigste kommt zuerst",
    plan_new="Neu am Tag: {n}",
    plan_new_note="{start} bis {end}",
    plan_minutes="Minuten am Tag: {n}",
    plan_minutes_note="in der vollsten Woche: {most}",
    plan_recall="{n}\u00a0% am Tag selbst",
    plan_recall_note="sind im Gedächtnis, wenn das Modell zu Ihnen passt",
    plan_calendar="Tag für Tag",
    plan_day_minutes="{n} Min.",
    plan_start="erster Tag",
    plan_last_new="letzte neue Karten",
    plan_top_up="schwache Karten noch einmal",
    plan_mock="Probegespräch",
    plan_eve="zehn Karten, drei Antworten laut",
    plan_rest="frei",
    plan_in_anki="In Anki",
    plan_step_import=(
        "*Datei > Importieren*: {file} öffnen, mit Haken bei *Stapelprofile (falls enthalten) ebenfalls importieren*."
    ),
    plan_step_fsrs=(
        "Zahnrad neben einem Stapel, *Einstellungen*: *FSRS* einschalten. Ohne FSRS wirkt die Erinnerungsquote "
        "nicht, und die Suche der letzten Tage schlägt fehl."
    ),
    plan_step_options=(
        "In den *Einstellungen* von *{deck}* prüfen: "
        "*Tageshöchstwert für neue Karten* {new}, *Tageshöchstwert für Wiederholungskarten* "
        "{reviews}, *Gewünschte Erinnerungsquote* {retention}\u00a0%, *Einsammelreihenfolge für neue Karten* "
        "*Positionsnummer (aufsteigend)*. Dann *Auf alle Unterstapel anwenden*, im Menü neben *Speichern*."
    ),
    plan_step_study="Lernen Sie jeden Tag *{deck}* bis zum Ende; sprechen Sie Ihre Antworten laut.",
    plan_step_top_up=(
        "Ab dem {start}, wenn die Karten des Tages erledigt sind: *Extras > Auswahlstapel erstellen*, *Suche* "
        "{search}, *Beschränken auf* {n} *Karten, ausgewählt nach* *Abrufbarkeit (aufsteigend)*, mit Haken bei "
        "*Karten basierend auf meinen Antworten in diesem Stapel umplanen*. An den Tagen danach: *Neu "
        "erstellen*. Hören Sie auf, wenn Ihre Minuten um sind."
    ),
    plan_step_delete="Löschen Sie nach dem Gespräch den Auswahlstapel: Seine Karten kehren in ihre Stapel zurück.",
    plan_step_after="Stellen Sie nach dem Gespräch *Gewünschte Erinnerungsquote* auf {retention}\u00a0%.",
)
