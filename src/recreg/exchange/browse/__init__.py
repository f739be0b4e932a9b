"""The register in the browser, read-only: what its pages say, the questions they answer, and who is let in."""
