"""Pipelines side by side, on the same split in one run: what ships is what won."""
