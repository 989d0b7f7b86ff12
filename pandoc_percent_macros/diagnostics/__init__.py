"""What is wrong with a document, as data, and how it is shown."""
