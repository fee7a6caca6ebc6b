"""stub"""


def pass_move(passing): ...
