"""The exercise: commands, facts, state, rules, triggers, and who may see what. Pure: a fold over its log.

Modules are named after their one function, so nothing is re-exported here:

decide.decide(state, feasibility, actor, step, command)   # facts, or a refusal
evolve.evolve(state, entry)                               # the state after an entry
orders.orders(state)                                      # what the world is told
picture.view(state, actor, step, observation)             # the exercise as one person may see it
visibility.shown(state, actor, entry)                     # a fact as one person may see it, or None
"""
