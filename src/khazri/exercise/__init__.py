"""The exercise: commands, facts, state, rules, triggers, and who may see what. Pure: a fold over its log."""
