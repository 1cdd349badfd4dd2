"""The queue at the counter: tickets, calls, figures. One computer's tickets; no network is needed."""
