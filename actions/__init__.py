"""The action server: one module per task, each thin."""
