"""What the command line says when something goes wrong: one line with a remedy."""


class CliError(Exception):
    """A command failed.

    Parameters
    ----------
    problem
        What is wrong, one sentence.
    remedy
        What to do about it, one sentence.
    exit_code
        Exit code of the process; 2 is a wrong use of the command, 1 anything else.
    """

    def __init__(self, problem: str, remedy: str, exit_code: int = 1) -> None:
        self.problem = problem
        self.remedy = remedy
        self.exit_code = exit_code
        super().__init__(f"{problem} → {remedy}")
