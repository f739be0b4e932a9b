"""What is traded with other programs: workbooks that go out to be filled in, and come back."""
