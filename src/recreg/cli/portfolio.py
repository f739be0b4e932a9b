"""Commands on portfolios."""

from recreg.cli.bodies import body_commands

app = body_commands("portfolio", "Portfolios", "Crime")
