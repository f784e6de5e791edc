"""Every failure, finding and verdict as a sentence people can act on. The only rung that holds prose for errors.

`say` loads the sentences of all failures (40 ms), so nothing is imported here: a window that starts well needs none.
"""
