"""The answers: figures filled in, follow-up questions as buttons, source and date below."""
