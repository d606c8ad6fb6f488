"""The red thread: what does not hang together between the stages. Advice, never a gate.

A rule is a function in the module of its stage (`registry` lists them) and its words in `rod-trad.yaml`
(`texts`). `findings` puts the two together with what people have accepted (`deviations`), and `reports`
says it, in words or to another program.
"""
