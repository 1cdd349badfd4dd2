"""The central server: takes what counters report, hands it on, and shows leaders and citizens where things are."""
