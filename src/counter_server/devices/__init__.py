"""The counters' machines: how they become known, how they prove who they are, what they are allowed."""
