"""The central server: takes what counters report, hands it on, shows leaders and citizens where it is."""
