"""Study plans: which cards fit into the days before an interview, and how to learn them until then.

The flow inside: of what may be chosen (`queue`), in the days that there are (`season`), `choose` finds the largest set
that fits, and `simulate` studies it day by day, by the model of `learner`; `planner` puts that together. What comes of
it is a `StudyPlan`, a plain value, which the other modules write down.
"""
