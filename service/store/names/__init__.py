"""What the posts of a corpus call people and companies, kept so that a changed post touches only what its names touch.

``changes`` gathers what posts say more and less, ``counts`` adds it up, ``noted`` does so for entity notes, ``bearers``
groups names and gives the groups ids, ``places`` and ``written`` bring decisions to mentions and entities. All tables
here follow from the posts and the decisions: filled step by step or at once, they hold the same rows.
"""
