"""A trained model of how people and companies are named in Chinese prose: units, features, weights, tagging."""
