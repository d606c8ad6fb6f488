"""The history of initiatives in words: what git remembers of their answers, who wrote them and when."""
