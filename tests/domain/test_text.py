"""Texts as they are kept, shown and typed."""

import subprocess

import pytest

from recreg.domain.text import shell_word


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Head of PPU", '"Head of PPU"'),
        ("Vulnerability & Crime Board; D'Arcy (acting)", '"Vulnerability & Crime Board; D\'Arcy (acting)"'),
        ("SAC-2022", "SAC-2022"),
        ("", '""'),
        ("Head $(id) Crime", "'Head $(id) Crime'"),
        ("`id`", "'`id`'"),
        ('say "so"', "'say \"so\"'"),
        ("back\\slash", "'back\\slash'"),
        ("Crime!", "'Crime!'"),
        ("$HOME's", "'$HOME'\"'\"'s'"),
        ("Équipe “Nord” 🚀", '"Équipe “Nord” 🚀"'),
    ],
)
def test_a_name_is_typed_at_a_shell_as_one_word_and_nothing_in_it_is_run(name: str, typed: str) -> None:
    assert shell_word(name) == typed
    told = subprocess.run(["/bin/sh", "-c", f"printf %s {typed}"], capture_output=True, check=True)
    assert told.stdout.decode() == name
