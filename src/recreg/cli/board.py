"""Commands on boards."""

from recreg.cli.bodies import body_commands

app = body_commands("board", "Boards", "Vulnerability Board")
