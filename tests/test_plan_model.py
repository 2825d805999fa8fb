"""The model of a learner, compared with the engine that Anki itself computes with."""

from __future__ import annotations

from statistics import fmean

import fsrs_rs_python as rs
import pytest

from cardgen.plan import learner
from cardgen.plan.learner import Learner
from cardgen.plan.simulate import Course, chance_of, simulate

DAYS, CUTOFF, EACH = 42, 7, 10
SEEDS = range(20)


def shares(chances: tuple[float, ...]) -> list[float]:
    """Return the chance of each rating, Again first."""
    return [chance - before for chance, before in zip(chances, (0, *chances), strict=False)]


def test_the_figures_are_those_of_fsrs_rs() -> None:
    config = rs.default_simulator_config()
    assert shares(learner.FIRST) == pytest.approx(config.first_rating_prob, abs=1e-4)
    assert shares(learner.REMEMBERED)[1:] == pytest.approx(config.review_rating_prob, abs=1e-4)
    for ours, theirs in (
        (learner.LEARNING, config.learning_step_transitions),
        (learner.RELEARNING, config.relearning_step_transitions),
    ):
        for row, found in zip(ours, theirs, strict=True):
            assert shares(row) == pytest.approx(found, abs=1e-3)
    ours = (learner.SECONDS_OF_NEW, learner.SECONDS_OF_REVIEW, learner.SECONDS_OF_FORGOTTEN)
    for row, found in zip(ours, config.state_rating_costs, strict=True):
        assert row == pytest.approx(found, abs=0.01)
    steps = learner.STEPS_OF_NEW, learner.STEPS_OF_FORGOTTEN
    assert steps == (config.learning_step_count, config.relearning_step_count)


def test_a_card_is_scheduled_on_the_day_on_which_it_is_remembered_as_desired() -> None:
    """FSRS's own promise; intervals are whole days, so it holds to a day."""
    for retention in (0.85, 0.9):
        model = Learner(retention)
        for number in range(50):
            card, due, _ = model.meets(0, chance_of(1, number))
            assert due == 1 or model.recall(card, due - 1) >= retention - 1e-9 >= model.recall(card, due + 1) - 0.05


@pytest.mark.slow
@pytest.mark.parametrize("retention", [0.80, 0.85, 0.90, 0.95])
def test_recall_and_work_are_what_fsrs_rs_simulates(retention: float) -> None:
    cards = EACH * (DAYS - CUTOFF)
    course = Course(tuple(range(DAYS)), (EACH,) * (DAYS - CUTOFF), retention, (DAYS,), frozenset(), 0, 1e9)
    runs = [simulate([0] * cards, course, seed) for seed in SEEDS]
    recall = fmean(run.goals[0].share for run in runs)
    hours = fmean(sum(day.seconds for day in run.days) for run in runs) / 3600

    config = rs.default_simulator_config()
    config.deck_size, config.learn_span, config.learn_limit = cards, DAYS, EACH
    config.review_limit, config.max_cost_perday = 9999, 1e9
    theirs = [rs.simulate(list(rs.DEFAULT_PARAMETERS), retention, config, seed) for seed in SEEDS]
    # Theirs takes up all cards as early as it may, also on the last days; so it has fewer than it could.
    recall_there = fmean(
        fmean(card.retention_on(float(DAYS)) for card in run.cards if card.stability > 0) for run in theirs
    )
    hours_there = fmean(sum(run.cost_per_day) for run in theirs) / 3600
    assert recall == pytest.approx(recall_there, abs=0.01)
    assert hours == pytest.approx(hours_there, rel=0.05)
