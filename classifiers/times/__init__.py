"""When: from a phrase (明天下午三点半) to from when until when."""
