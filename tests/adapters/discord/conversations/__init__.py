"""What the scenes leave out: refusals, empty pages, every form, every notice.

Each conversation drives the real bot until some views have been shown that no scene shows;
:mod:`tests.adapters.discord.test_every_view` draws them all as Discord does, and fails when a view
of the core is shown nowhere.
"""
