"""Forming circles: the hard rules, the score, the search for the best circles, and the files.

``definition`` says what is right, ``search`` finds it, ``bound`` says how good it could be at most,
``files`` and ``telling`` are what goes in and comes out. Others ask ``engine`` and ``desk``.

What is called here as in the literature of set packing and local search:

- *seat*: a mentee's one, or one of a mentor's; every arrangement takes each at most once.
- *column*: a circle as what it is worth and the seats it takes; *listing* makes all of them.
- *price* (dual value): what a seat costs; *reduced cost*: a column's worth above its seats.
- *pricing*: looking for the columns worth the most above their seats' prices.
- *restricted master*: choosing, at prices, among the columns known so far.
- *subgradient*: how prices are lowered and raised until no seat is asked for twice.
- *bound*: the sum of the prices and of what is above them; no arrangement is worth more.
- *diving*: taking the columns that the prices speak for, one after another.
- *destroy and repair*: taking some circles apart and putting them together again.
- *move, trial*: one small change while annealing, written down beside the arrangement and judged.
- *workspace*: memory laid out once, to work in.
"""
