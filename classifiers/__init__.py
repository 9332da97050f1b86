"""What words mean: text in, a guess with evidence out. Imports nothing else of ours."""
