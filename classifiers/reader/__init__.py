"""How a text is read at all: spellings made one, words cut, features and votes; learning, and the test of it."""
