"""The diagnosis: what the answers in Analys point at, and which answers led there. Never a decision.

`model` is what is counted with, `loading` reads it from `diagnos.yaml`, `counting` goes from answers to a
diagnosis, `tipping` tries every answer given otherwise, and `words` says the diagnosis in Swedish.
"""
