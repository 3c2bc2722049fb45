"""How messages come in: the web chat and, on loopback, Rasa's REST contract. Knows nothing else of ours."""
