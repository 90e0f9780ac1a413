"""What buttons and forms ask for, one file a feature.

They are also the words in which features address each other: a button of one may ask another for
something, and neither needs to know more.
"""
