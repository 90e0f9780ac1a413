"""What the scenes leave out: refusals, empty pages, every form, every notice.

Each conversation drives the real bot until some views have been shown that no scene shows. Their
words are approved as each platform shows them, in ``test_every_view.py`` beside its adapter.
"""
