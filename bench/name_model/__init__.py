"""How the model of names is trained: sentences with marked names, made many by putting other names in their places."""
