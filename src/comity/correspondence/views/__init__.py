"""The pages of the register of notes and of circular notes."""
