"""The pages of editing about parties and their people."""
