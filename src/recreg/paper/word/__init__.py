"""What a Word document is made of, piece by piece. The pieces are put into the elements of a document that is open."""
