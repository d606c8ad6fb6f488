"""Documents made from the answers: templates in, Markdown and pages out. Answers stay data.

`kinds` says which documents there are, `view` what a template may ask for, `text` how an answer is written so
that it stays in its place, `template` is the only home of jinja2, and `compose` puts a document together.
"""
